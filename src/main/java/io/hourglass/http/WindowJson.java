package io.hourglass.http;
public final class WindowJson { public static byte[] bytes(io.hourglass.settings.Pipeline p, String k, io.hourglass.window.WindowResult w) { return w.toString().getBytes(); } }
