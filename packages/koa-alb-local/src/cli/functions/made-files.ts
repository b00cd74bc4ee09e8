/** Files that a command makes. */
export interface MadeFiles {
  /** Whether they may be half made. */
  readonly isUnderWay: boolean
  covers(file: string): boolean
}
