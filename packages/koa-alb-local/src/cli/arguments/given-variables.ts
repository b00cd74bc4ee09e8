import { isReserved } from '../../lambda/environment-variables.ts'
import { UsageError } from './usage-error.ts'

/** A variable for every function, or for one. */
export interface GivenVariable {
  readonly functionName: string | undefined
  readonly name: string
  readonly value: string
}

/** A file of variables for one function. */
export interface GivenEnvFile {
  readonly functionName: string
  readonly file: string
}

/**
 * @param where it was given
 * @throws UsageError
 */
export function toVariable(text: string, where = '--env'): GivenVariable {
  const [, functionName, name, value] = /^(?:([^=]+)\.)?([A-Za-z_]\w*)=(.*)$/s.exec(text) ?? []
  if (name === undefined || value === undefined) {
    const shown = text.includes('=') ? text : `${text}, which has no =`
    throw new UsageError(`${where} takes KEY=value or Function.KEY=value, got ${shown}`)
  }
  if (isReserved(name)) throw new UsageError(`${where}: ${name} is set by Lambda itself`)
  return { functionName, name, value }
}

/** @throws UsageError */
export function toEnvFile(text: string): GivenEnvFile {
  const [, functionName, file] = /^([^=]+)=(.+)$/s.exec(text) ?? []
  if (functionName !== undefined && file !== undefined) return { functionName, file }
  throw new UsageError(`--fn-env-file takes Function=<file>, got ${text || 'nothing'}`)
}
