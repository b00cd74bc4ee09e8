/** The port in PORT, or the usual one; ends the process with a sentence when it is none. */
export function portFrom({ PORT = '3000' } = process.env): number {
  const port = Number(PORT)
  if (/^\d+$/.test(PORT) && port <= 65_535) return port
  console.error(`PORT takes a number from 0 to 65535, got ${JSON.stringify(PORT)}: PORT=8080`)
  return process.exit(1)
}
