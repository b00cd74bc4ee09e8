import { readFile } from 'node:fs/promises'

/** The version of this package. */
export async function ownVersion(): Promise<string> {
  const manifest = new URL('../../../package.json', import.meta.url)
  const { version: text }: { version: string } = JSON.parse(await readFile(manifest, 'utf8'))
  return text
}
