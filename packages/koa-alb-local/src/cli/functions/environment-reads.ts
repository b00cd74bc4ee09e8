import { isSetByLambda } from '../../lambda/environment-variables.ts'

const name = String.raw`[A-Za-z_$][\w$]*`
// esbuild renames an imported `process` to `process2`.
const environment = String.raw`\bprocess\d*(?:\?\.|\.)env\b`
// The whole of it, and no member.
const end = String.raw`(?!\s*(?:\.|\?\.|[[(]))`

/**
 * The environment variables that code reads, as far as it says so itself: `process.env.X`,
 * `process.env['X']`, `const { X } = process.env`, and the same through a name for `process.env`.
 */
export function environmentReads(code: string): ReadonlySet<string> {
  const found = new Set<string>()
  for (const source of [environment, ...aliases(code)]) {
    const member = String.raw`${source}(?:(?:\?\.|\.)(${name})|(?:\?\.)?\[\s*(["'\`])(\w+)\2\s*\])`
    // What is set is not read; `==`, `=>` and `||=` are no settings alone.
    for (const [, dotted, , quoted] of code.matchAll(new RegExp(`${member}(?!\\s*=[^=>])`, 'g'))) {
      found.add(dotted ?? quoted ?? '')
    }
    const whole = new RegExp(`\\}\\s*=\\s*${source}${end}`, 'g')
    for (const { index } of code.matchAll(whole)) {
      for (const key of keysBefore(code, index)) found.add(key)
    }
  }
  return found
}

/** What of it the shell has and the function does not see. */
export function unseenReads(
  code: string,
  shell: Readonly<Record<string, string | undefined>>,
  seen: Readonly<Record<string, string>>,
): readonly string[] {
  const isUnseen = (each: string): boolean =>
    Object.hasOwn(shell, each) && !Object.hasOwn(seen, each) && !isSetByLambda(each)
  return [...environmentReads(code)].filter(isUnseen).sort()
}

/** Names that stand for `process.env`. */
function aliases(code: string): string[] {
  const assigned = code.matchAll(new RegExp(`\\b(${name})\\s*=\\s*${environment}${end}`, 'g'))
  const taken = code.matchAll(
    new RegExp(
      String.raw`\{[^{}]*\benv\b(?:\s*(?::|as)\s*(${name}))?[^{}]*\}\s*(?:=\s*process\b${end}|from\s*["'](?:node:)?process["'])`,
      'g',
    ),
  )
  const names = [
    ...[...assigned].map(([, each]) => each),
    ...[...taken].map(([, each]) => each ?? 'env'),
  ]
  return [...new Set(names)].map((each) => `(?<![\\w$.])${String(each).replaceAll('$', '\\$')}`)
}

/** The keys of the pattern that ends here: `{ A, B: b, C = { d: 1 } }`. */
function keysBefore(code: string, end: number): string[] {
  let depth = 0
  const commas = [end]
  for (let at = end; at >= 0; at -= 1) {
    const character = code[at] ?? ''
    if ('}])'.includes(character)) depth += 1
    if ('{[('.includes(character)) depth -= 1
    if (depth === 1 && character === ',') commas.push(at)
    if (depth > 0) continue
    commas.push(at)
    break
  }
  return commas.flatMap((to, index) => {
    const from = commas[index + 1]
    const entry = from === undefined ? '' : code.slice(from + 1, to)
    const key = new RegExp(`^\\s*(?:(${name})|["'](\\w+)["'])\\s*(?:[:=]|$)`).exec(entry)
    return key ? [key[1] ?? key[2] ?? ''] : []
  })
}
