import { isDeepStrictEqual } from 'node:util'
import type { FunctionSettings } from './function-settings.ts'

/** Whether a function that runs by these settings is as it would be by the others. */
export function isSameFunction(one: FunctionSettings, other: FunctionSettings): boolean {
  return isDeepStrictEqual(telling(one), telling(other))
}

// Where it writes, and through which port it is debugged, are those of the command line.
function telling({ output: _output, debugPort: _port, ...rest }: FunctionSettings): object {
  return rest
}
