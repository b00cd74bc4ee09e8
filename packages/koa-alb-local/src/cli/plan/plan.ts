import type { ApplicationLoadBalancerOptions } from '../../configuration/configuration.ts'
import type { FunctionSettings } from '../functions/function-settings.ts'
import type { GivenListeners } from './foreign-listeners.ts'
import type { GivenEnvironment } from './given-environment.ts'

/** What the command line serves. */
export interface Plan {
  /** Its `targets` are those that are no functions of this plan. */
  readonly configuration: ApplicationLoadBalancerOptions
  /** By the `Id` under which target groups register them. */
  readonly functions: ReadonlyMap<string, FunctionSettings>
  /** Functions of a template whose code is not here, each with the reason. */
  readonly unbuilt?: ReadonlyMap<string, string>
  /** Endpoints of functions that run elsewhere, each with the names that they are called by. */
  readonly invoked?: readonly string[]
  /** What is not as declared, a line for each. */
  readonly notes: readonly string[]
}

/** What the command line says of every function. */
export interface FunctionDefaults
  extends Pick<
    FunctionSettings,
    'concurrency' | 'keepsErrorLines' | 'keepWarm' | 'node' | 'output' | 'runtime'
  > {
  readonly given: GivenEnvironment
}

/** What the command line says of functions and listeners that are elsewhere. */
export interface Elsewhere {
  /** Endpoints by function. */
  readonly invoke: Readonly<Record<string, string>>
  readonly listeners: GivenListeners
}
