import { execFile } from 'node:child_process'
import { promisify } from 'node:util'

export interface NodeBinary {
  readonly file: string
  readonly major: number
  /** Whether it knows the flag that turns `require` of ES modules off. */
  readonly canRefuseRequire: boolean
}

export const refuseRequireFlag = '--no-experimental-require-module'

const question = `JSON.stringify([process.versions.node, process.allowedNodeEnvironmentFlags.has('${refuseRequireFlag}')])`

/**
 * What the binary is.
 * @throws Error that names the file when it is no Node
 */
export async function inspectNode(file: string): Promise<NodeBinary> {
  if (file === process.execPath) {
    const knows = process.allowedNodeEnvironmentFlags.has(refuseRequireFlag)
    return describe(file, process.versions.node, knows)
  }
  try {
    const { stdout } = await promisify(execFile)(file, ['--print', question], { env: {} })
    const [version, knows]: unknown[] = JSON.parse(stdout)
    return describe(file, String(version), knows === true)
  } catch (cause) {
    const [reason] = String(cause instanceof Error ? cause.message : cause).split('\n')
    throw new Error(`${file} is no Node binary that runs here: ${reason}`, { cause })
  }
}

function describe(file: string, version: string, canRefuseRequire: boolean): NodeBinary {
  return { file, major: Number.parseInt(version, 10), canRefuseRequire }
}
