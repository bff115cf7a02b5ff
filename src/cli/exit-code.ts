/** What the exit code tells scripts. */
export const exitCode = { clean: 0, findings: 1, usage: 2, fault: 3 } as const;

export type ExitCode = (typeof exitCode)[keyof typeof exitCode];
