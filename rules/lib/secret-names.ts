/** What the name of a variable or an option says about its value. */
export type Promised = "password" | "secret" | undefined;

const switches =
  /^(?:ALLOW|ENABLE|DISABLE|USES?|REQUIRES?|HAS|IS|NO|SKIP|NEEDS|WITH|MIN|MAX|FORCE|GENERATE|RESET|ROTATE|CHECK|VERIFY|SHOW|PRINT|MASK)_/;
const password = /(?:^|_|PG|MYSQL|REDIS|SMTP|DB|ROOT|ADMIN)(?:PASSWORD|PASSWD|PASSPHRASE)\d?$|_(?:PASS|PWD|PW)\d?$|^PASS$/;
const secret =
  /(?:^|_)(?:SECRET|TOKEN|API_?KEY|SECRET_(?:ACCESS_)?KEY|(?:PRIVATE|ENCRYPTION|SIGNING|ACCOUNT|LICENSE|MASTER|AUTH)_KEY|CREDENTIALS?)\d?$/;

/** What every such name holds, in whatever case; few others do. */
const hints = /PASS|PWD|PW|SECRET|TOKEN|KEY|CREDENTIAL/i;

/** `password`: whatever stands there is one. `secret`: a key or a token, but often only its name. */
export function promiseOf(name: string): Promised {
  if (!hints.test(name)) return undefined;
  const upper = name.replace(/([a-z\d])([A-Z])/g, "$1_$2").toUpperCase().replace(/[.-]/g, "_");
  if (upper.length > 100 || switches.test(upper)) return undefined;
  if (password.test(upper)) return "password";
  return secret.test(upper) ? "secret" : undefined;
}
