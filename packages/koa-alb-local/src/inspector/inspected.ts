import type { Recorder } from '../inspection/recorder.ts'

/** What an inspector looks into. */
export interface Inspected {
  readonly recorder: Recorder
  listeners(): readonly InspectedListener[]
  targetGroups(): readonly InspectedGroup[]
  /**
   * The URL of a load balancer that is the same, but for the header mode of its target groups.
   * @throws Error when there can be none
   */
  urlInMode(listener: string, multiValueHeaders: boolean): Promise<string>
  /** The same app without a load balancer. */
  readonly compareUrl: string | undefined
  readonly version: string
}

export interface InspectedListener {
  readonly name: string
  /** Where it can be reached. */
  readonly url: string
  /** The port it is declared with. */
  readonly port: number
  readonly rules: readonly InspectedRule[]
}

export interface InspectedRule {
  /** 0 for the default rule. */
  readonly priority: number
  readonly conditions: readonly string[]
  readonly actions: readonly string[]
}

export interface InspectedGroup {
  readonly name: string
  readonly arn: string
  readonly health: string
  readonly description?: string
}
