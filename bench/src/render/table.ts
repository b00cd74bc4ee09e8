/** A markdown table; all columns but the first are right-aligned. */
export function table(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const rule = header.map((_, index) => (index === 0 ? '---' : '--:'))
  return [header, rule, ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n')
}

export function microseconds(nanoseconds: number): string {
  return digits(nanoseconds / 1000)
}

export function kilobytes(bytes: number): string {
  return digits(bytes / 1024)
}

export function megabytes(bytes: number): string {
  return digits(bytes / 2 ** 20)
}

/** Three digits, without an exponent. */
export function digits(value: number): string {
  if (!Number.isFinite(value)) return '–'
  const rounded = Number(value.toPrecision(3))
  return rounded >= 1000 ? rounded.toLocaleString('en-US') : String(rounded)
}

export function times(ratio: number): string {
  return Number.isFinite(ratio) ? `${ratio.toFixed(2)}×` : '–'
}
