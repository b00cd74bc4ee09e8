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
  return masked(`${line}\n${text}`, masks)
}

export function masked(text, masks) {
  return [...always, ...masks].reduce(
    (before, [pattern, replacement]) => before.replaceAll(pattern, replacement),
    text,
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

/** Where two texts begin to differ, with what stands before, or undefined. */
export function difference(expected, found) {
  if (expected === found) return undefined
  const at = [...expected].findIndex((character, index) => character !== found[index])
  const from = Math.max(0, (at < 0 ? expected.length : at) - 120)
  const [line] = expected.split('\n')
  return `${line}\n    listen:  ${excerpt(expected, from)}\n    handler: ${excerpt(found, from)}`
}

function excerpt(text, from) {
  return text.slice(from, from + 300).replaceAll(/\s+/g, ' ')
}
