import { Dialog } from './dialog.tsx'
import { keys } from './keyboard.ts'

export function HelpPanel() {
  return (
    <Dialog title="Keys">
      <dl class="keys">
        {keys.map(([key, meaning]) => (
          <>
            <dt>
              <kbd>{key}</kbd>
            </dt>
            <dd>{meaning}</dd>
          </>
        ))}
      </dl>
    </Dialog>
  )
}
