import { reportUnforeseen } from '../connections/unforeseen.ts'

/** From now on an error that nobody catches is reported, and ends nothing. */
export function keepServing(): void {
  // A report that cannot be written must not be the next such error.
  process.stderr.on('error', () => {})
  process.on('uncaughtException', (error) => reportUnforeseen('outside of any request', error))
}
