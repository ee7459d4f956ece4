package io.hourglass.peers.streams;

import java.util.Map;
import org.apache.kafka.streams.state.RocksDBConfigSetter;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.CompressionType;
import org.rocksdb.LRUCache;
import org.rocksdb.Options;

/**
 * RocksDB behind a cache that holds all open windows: it is written in bursts and hardly ever read. One block cache for
 * all stores, write buffers that hold a burst, no second compression of what is small anyway.
 */
public final class SmallRocks implements RocksDBConfigSetter {
  private static final LRUCache BLOCKS = new LRUCache(64L << 20);

  @Override
  public void setConfig(String store, Options options, Map<String, Object> configs) {
    var table = (BlockBasedTableConfig) options.tableFormatConfig();
    table.setBlockCache(BLOCKS);
    table.setCacheIndexAndFilterBlocks(true);
    options.setTableFormatConfig(table);
    options.setWriteBufferSize(16L << 20);
    options.setMaxWriteBufferNumber(2);
    options.setCompressionType(CompressionType.NO_COMPRESSION);
  }

  @Override
  public void close(String store, Options options) {
    // the block cache is all stores'
  }
}
