/** What is bundled, as CycloneDX 1.6 (https://cyclonedx.org/docs/1.6/json/). Without a time or a serial number: the same build gives the same. */
export function billOfMaterials(self, packages) {
  const components = packages.map(component).sort((a, b) => (a.purl < b.purl ? -1 : 1));
  const subject = { ...component(self), type: "application" };
  return `${JSON.stringify(
    {
      $schema: "http://cyclonedx.org/schema/bom-1.6.schema.json",
      bomFormat: "CycloneDX",
      specVersion: "1.6",
      version: 1,
      metadata: { component: subject },
      components,
      // How they depend on each other is gone: esbuild takes from each what is used.
      dependencies: [{ ref: subject.purl, dependsOn: components.map(({ purl }) => purl) }, ...components.map(({ purl }) => ({ ref: purl }))],
    },
    undefined,
    2,
  )}\n`;
}

function component({ name, version, license, description }) {
  const [last, group] = name.split("/").reverse();
  const purl = `pkg:npm/${name.replace("@", "%40")}@${version}`;
  return {
    type: "library",
    "bom-ref": purl,
    ...(group === undefined ? {} : { group }),
    name: last,
    version,
    ...(description === undefined ? {} : { description }),
    licenses: [/[ (]/.test(license) ? { expression: license } : { license: { id: license } }],
    purl,
  };
}
