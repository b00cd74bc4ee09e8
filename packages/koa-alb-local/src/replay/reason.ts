/** Why two answers differ, where that is documented. */
export interface Reason {
  readonly reason: string
  /** The row of the repository's documentation that says so. */
  readonly page: string
}
