// scripts/build.mjs puts the version of package.json here.
declare const KRONLINT_VERSION: string;

export const version = typeof KRONLINT_VERSION === "string" ? KRONLINT_VERSION : "0.0.0-source";
