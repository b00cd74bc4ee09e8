import { readFile, writeFile } from 'node:fs/promises'
import { pathToFileURL } from 'node:url'

const inlineMap = /(\/\/# sourceMappingURL=data:application\/json;base64,)(\S+)\s*$/

/**
 * Has the source map at the end of the bundle name its sources in full. Node and debuggers look for
 * relative ones from where the bundle really is; where a link leads there, they are elsewhere.
 */
export async function nameSourcesInFull(bundle: string): Promise<void> {
  const code = await readFile(bundle, 'utf8')
  const [whole = '', comment = '', data = ''] = inlineMap.exec(code) ?? []
  const map: { sources: string[] } = JSON.parse(Buffer.from(data, 'base64').toString())
  const base = pathToFileURL(bundle)
  const sources = map.sources.map((source) => new URL(source, base).href)
  const mapped = Buffer.from(JSON.stringify({ ...map, sources })).toString('base64')
  await writeFile(bundle, `${code.slice(0, code.length - whole.length)}${comment}${mapped}\n`)
}
