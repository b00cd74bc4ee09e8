/** Runs one of the commands with what was typed behind its name; resolves with the exit code. */
export type Command = (args: readonly string[]) => Promise<number>

/**
 * The commands besides serving, by the word that names them; each loads its own code, so that serving
 * does not wait for it. A file of such a name is served as `./name`.
 */
export const commands: ReadonlyMap<string, Command> = new Map<string, Command>([
  ['doctor', async (args) => (await import('./doctor.ts')).doctor(args)],
  ['replay', async (args) => (await import('./replay.ts')).replay(args)],
  ['compare', async (args) => (await import('./compare.ts')).compare(args)],
  ['events', async (args) => (await import('./events.ts')).events(args)],
  ['migrate', async (args) => (await import('./migrate.ts')).migrate(args)],
])
