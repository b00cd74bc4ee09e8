import { STATUS_CODES } from 'node:http'

// The rows of "What cannot be the same" in docs/alb-behaviour.md, for responses: what a load balancer
// leaves out, adds or joins is brought into one form on both sides.

const hopByHop = /^(connection|keep-alive|transfer-encoding|upgrade|te|trailer|proxy-connection)$/
const always = [
  [/\w{3}, \d\d \w{3} \d{4} \d\d:\d\d:\d\d GMT/g, '<date>'],
  [/Self=1-[^;]+;/g, ''],
]

/** A written-down exchange as text; `masks` are pairs of a pattern and what stands for its matches. */
export function comparable({ line, answer, seen }, mode, masks) {
  const text = answer ? answerText(line, answer, mode) : JSON.stringify(seen, undefined, 2)
  return [...always, ...masks].reduce(
    (masked, [pattern, replacement]) => masked.replaceAll(pattern, replacement),
    `${line}\n${text}`,
  )
}

function answerText(line, { statusLine, headers, body }, mode) {
  const isHead = line.startsWith('HEAD ')
  const lines = headers.filter(([name, value]) => {
    if (hopByHop.test(name)) return false
    // The load balancer counts the body itself; it believes a declared length for HEAD alone.
    if (name === 'content-length') return isHead
    if (name === 'server') return value !== 'awselb/2.0'
    return !(name === 'content-type' && value === 'application/octet-stream')
  })
  const shown = (mode === 'single' ? joined(lines) : lines).map((pair) => pair.join(': '))
  // For an empty phrase the load balancer sends the usual one.
  const usual = STATUS_CODES[statusLine.split(' ')[1]]
  const first = statusLine.endsWith(' ') ? statusLine + usual : statusLine
  return [first, ...shown.toSorted(), '', body.toString('latin1')].join('\n')
}

/** Single mode carries several values of a field as one, cookies excepted. */
function joined(lines) {
  const fields = new Map()
  for (const [name, value] of lines) {
    const key = name === 'set-cookie' ? `${name}\0${fields.size}` : name
    fields.set(key, fields.has(key) ? `${fields.get(key)}, ${value}` : value)
  }
  return [...fields].map(([key, value]) => [key.split('\0')[0], value])
}

/** The first lines in which two texts differ, or undefined. */
export function difference(expected, found) {
  if (expected === found) return undefined
  const [left, right] = [expected.split('\n'), found.split('\n')]
  const at = left.findIndex((line, index) => line !== right[index])
  const place = at < 0 ? left.length : at
  const [wanted = '(nothing)', got = '(nothing)'] = [left[place], right[place]]
  const column = [...wanted].findIndex((character, index) => character !== got[index])
  const from = Math.max(0, column - 60)
  return `${left[0]}\n    listen:  ${wanted.slice(from, from + 300)}\n    handler: ${got.slice(from, from + 300)}`
}
