import { isUtf8 } from 'node:buffer'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { ReceivedResponse } from '../inspector/resend.ts'
import { UnreadableEvents } from './read-events.ts'

/** What was recorded under the name; undefined when nothing was. @throws UnreadableEvents */
export async function readSnapshot(
  folder: string,
  name: string,
): Promise<ReceivedResponse | undefined> {
  const file = join(folder, `${name}.json`)
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined
    throw new UnreadableEvents(`${file} cannot be read: ${error.message}`)
  })
  if (text === undefined) return undefined
  try {
    const { status, phrase, lines, body, isBase64Encoded } = JSON.parse(text)
    if (!Number.isInteger(status) || !Array.isArray(lines)) throw new TypeError('no such fields')
    return { status, phrase, lines, body: Buffer.from(body, isBase64Encoded ? 'base64' : 'utf8') }
  } catch {
    throw new UnreadableEvents(`${file} is no recorded answer; --update writes it anew`)
  }
}

export async function writeSnapshot(
  folder: string,
  name: string,
  response: ReceivedResponse,
  ignored: ReadonlySet<string>,
): Promise<void> {
  const { status, phrase, lines, body } = response
  const isBase64Encoded = !isUtf8(body)
  const snapshot = {
    status,
    phrase,
    lines: lines.filter(([field]) => !ignored.has(field.toLowerCase())),
    body: body.toString(isBase64Encoded ? 'base64' : 'utf8'),
    isBase64Encoded,
  }
  const file = join(folder, `${name}.json`)
  try {
    await mkdir(folder, { recursive: true })
    await writeFile(file, `${JSON.stringify(snapshot, null, 2)}\n`)
  } catch (error) {
    const reason = error instanceof Error ? error.message : error
    throw new UnreadableEvents(`${file} cannot be written: ${reason}`)
  }
}
