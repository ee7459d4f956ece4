// types.mjs FILE...: checks every object of the rendered files with kubernetes-models: types, required fields, enums.
// It does not know of unknown fields; the test beside it does. Exit status 1 when something is wrong.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { parseAllDocuments } from "yaml";

const require = createRequire(import.meta.url);

const read = (file) => parseAllDocuments(readFileSync(file, "utf8")).map((document) => document.toJS());

const name = (object) => `${object.kind}/${object.metadata?.name}`;

/** What is wrong with an object, or null. */
function fault(object) {
  try {
    const models = require(`kubernetes-models/${object.apiVersion}`);
    new models[object.kind](object).validate();
    return null;
  } catch (wrong) {
    return wrong.message;
  }
}

/** Changes that have to be noticed; a check that lets one of them pass is no check. */
const spoiled = {
  "a number written as text": (d) => { d.spec.replicas = "three"; },
  "a required field left out": (d) => { delete d.spec.selector; },
  "a container without a name": (d) => { delete d.spec.template.spec.containers[0].name; },
  "a probe with text for seconds": (d) => { d.spec.template.spec.containers[0].readinessProbe.periodSeconds = "5s"; },
  "a kind that there is not": (d) => { d.kind = "Deploymint"; },
};

const files = process.argv.slice(2);
const objects = files.flatMap((file) => read(file).map((object) => [file, object]));
const faults = objects.flatMap(([file, object]) => {
  const found = fault(object);
  return found === null ? [] : [`${file} ${name(object)}: ${found}`];
});

const deployment = objects.map(([, object]) => object).find((object) => object.kind === "Deployment");
for (const [what, spoil] of Object.entries(spoiled)) {
  const copy = structuredClone(deployment);
  spoil(copy);
  if (fault(copy) === null) {
    faults.push(`not noticed: ${what}`);
  }
}

faults.forEach((each) => console.error(each));
console.log(`types: ${objects.length} objects of ${files.length} files, ${Object.keys(spoiled).length} spoiled ones, ${faults.length} faults`);
process.exitCode = faults.length > 0 || objects.length === 0 ? 1 : 0;
