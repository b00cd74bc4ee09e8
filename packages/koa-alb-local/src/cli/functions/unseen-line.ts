import { bundledText } from './bundle.ts'
import { unseenReads } from './environment-reads.ts'
import type { FunctionSettings } from './function-settings.ts'

/**
 * What a function reads of the environment that this shell has and the function does not see, in a line.
 * @param owner what stands before a variable of this function in `--env`
 */
export async function unseenLine(
  { environment, file, runtime }: FunctionSettings,
  owner: string,
): Promise<string | undefined> {
  // In one process it sees them all.
  if (runtime === 'in-process') return undefined
  const unseen = unseenReads(await bundledText(file), process.env, environment)
  if (unseen.length === 0) return undefined
  const options = unseen.map((name) => `--env ${owner}${name}="$${name}"`).join(' ')
  return `reads ${unseen.join(', ')} of the environment, which this shell has and a function does not see; to pass it on: ${options}`
}
