import { useState } from 'preact/hooks'
import { ask } from './client.ts'
import { attempt } from './state.ts'

const masks = /(••••••\d+)/

/** The masks of a text where nothing can be shown. */
export function withoutNumbers(text: string): string {
  return text.replace(/(••••••)\d+/g, '$1')
}

/** A text, with a button for each value in it that is masked. */
export function MaskedText({ id, text }: { id: number | undefined; text: string }) {
  return (
    <>
      {text
        .split(masks)
        .map((part) => (masks.test(part) ? <Mask key={part} id={id} mask={part} /> : part))}
    </>
  )
}

function Mask({ id, mask }: { id: number | undefined; mask: string }) {
  const [value, setValue] = useState<string>()
  if (value !== undefined) return <span class="revealed">{value}</span>
  if (id === undefined) return <span class="mask">••••••</span>
  const reveal = async (): Promise<void> => {
    const number = mask.replace(/\D/g, '')
    const answer = await attempt(() =>
      ask<{ value: string }>(`/exchanges/${id}/masked?n=${number}`),
    )
    if (answer) setValue(answer.value)
  }
  return (
    <button type="button" class="mask" title="Show this value" onClick={() => void reveal()}>
      •••••• show
    </button>
  )
}
