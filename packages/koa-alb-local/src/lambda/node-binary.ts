import { execFile } from 'node:child_process'
import { promisify } from 'node:util'

export interface NodeBinary {
  readonly file: string
  readonly major: number
  /** Those of Lambda's flags that it knows: of any other, it would not start. */
  readonly flags: readonly string[]
}

export const refuseRequireFlag = '--no-experimental-require-module'
export const refuseDetectionFlag = '--no-experimental-detect-module'

const asked = [refuseRequireFlag, refuseDetectionFlag]
const question = `JSON.stringify([process.versions.node, ...${JSON.stringify(asked)}.filter((flag) => process.allowedNodeEnvironmentFlags.has(flag))])`

/**
 * What the binary is.
 * @throws Error that names the file when it is no Node
 */
export async function inspectNode(file: string): Promise<NodeBinary> {
  if (file === process.execPath) {
    const flags = asked.filter((flag) => process.allowedNodeEnvironmentFlags.has(flag))
    return describe(file, process.versions.node, flags)
  }
  try {
    const { stdout } = await promisify(execFile)(file, ['--print', question], { env: {} })
    const [version, ...flags]: unknown[] = JSON.parse(stdout)
    return describe(file, String(version), flags.map(String))
  } catch (cause) {
    const [reason] = String(cause instanceof Error ? cause.message : cause).split('\n')
    throw new Error(`${file} is no Node binary that runs here: ${reason}`, { cause })
  }
}

function describe(file: string, version: string, flags: readonly string[]): NodeBinary {
  return { file, major: Number.parseInt(version, 10), flags }
}
