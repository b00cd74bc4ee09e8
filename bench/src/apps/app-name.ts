/** Which app answers a scenario, and with how many bytes where the scenario says so. */
export function toAppName(id: string): { name: string; length: number } {
  const [, direction, size] = /^(download|upload)-(\d+)$/.exec(id) ?? []
  const name = direction === 'upload' ? 'binary-post' : (direction ?? id)
  return { name, length: Number(size) }
}
