import { now } from './clock.ts'

let second: number | undefined
let text = ''

const NAMES = 'Sun Mon Tue Wed Thu Fri Sat Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(
  ' ',
)

/** The value of a Date field at this moment. */
export function httpDate(): string {
  const current = Math.floor(now() / 1000)
  if (current !== second) {
    second = current
    text = toText(new Date(current * 1000))
  }
  return text
}

/** As `toUTCString`, whose first call takes 0.2 ms of a cold start. */
function toText(date: Date): string {
  const day = `${NAMES[date.getUTCDay()]}, ${twoDigits(date.getUTCDate())}`
  const month = `${NAMES[date.getUTCMonth() + 7]} ${date.getUTCFullYear()}`
  const minute = `${twoDigits(date.getUTCHours())}:${twoDigits(date.getUTCMinutes())}`
  return `${day} ${month} ${minute}:${twoDigits(date.getUTCSeconds())} GMT`
}

function twoDigits(value: number): string {
  return `${value < 10 ? 0 : ''}${value}`
}
