import { now } from './clock.ts'

let second = Number.NaN
let text = ''

/** The value of a Date field at this moment. */
export function httpDate(): string {
  const current = Math.floor(now() / 1000)
  if (current !== second) {
    second = current
    text = new Date(current * 1000).toUTCString()
  }
  return text
}
