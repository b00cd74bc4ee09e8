import { ask, askText, post } from './client.ts'
import { attempt, message } from './state.ts'

export async function replay(id: number): Promise<void> {
  const answer = await attempt(() => post<{ response: { startLine: string } }>('/replay', { id }))
  if (answer) message.value = `Sent again, answered with ${answer.response.startLine}.`
}

export function copyCurl(id: number): Promise<void> {
  return copy(`/exchanges/${id}/curl`, 'The command')
}

export function copyTest(id: number, framework: string): Promise<void> {
  return copy(`/exchanges/${id}/test?framework=${framework}`, `The test for ${framework}`)
}

export async function saveJson(path: string, name: string): Promise<void> {
  const document = await attempt(() => ask<unknown>(path))
  if (document === undefined) return
  const blob = new Blob([`${JSON.stringify(document, null, 2)}\n`], { type: 'application/json' })
  const link = Object.assign(window.document.createElement('a'), {
    href: URL.createObjectURL(blob),
    download: name,
  })
  link.click()
  URL.revokeObjectURL(link.href)
}

interface HarAnswer {
  readonly statuses: readonly number[]
  readonly notSent: readonly { readonly entry: number; readonly problem: string }[]
}

export async function importHar(file: File): Promise<void> {
  const answer = await attempt(async () => post<HarAnswer>('/har', JSON.parse(await file.text())))
  if (!answer) return
  const problems = answer.notSent.map(
    ({ entry, problem }) => ` Entry ${entry} was not: ${problem}.`,
  )
  message.value = `${answer.statuses.length} requests were sent.${problems.join('')}`
}

async function copy(path: string, what: string): Promise<void> {
  const text = await attempt(() => askText(path))
  if (text === undefined) return
  const isCopied = await attempt(async () => {
    await navigator.clipboard.writeText(text)
    return true
  })
  const hidden = text.includes('••••••') ? '; what is secret is not in it' : ''
  if (isCopied) message.value = `${what} is in the clipboard${hidden}.`
}
