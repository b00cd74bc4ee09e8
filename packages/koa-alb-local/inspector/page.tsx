import { render } from 'preact'
import { ComparePanel } from './compare-panel.tsx'
import { DetailPanel } from './detail-panel.tsx'
import { EditPanel } from './edit-panel.tsx'
import { HelpPanel } from './help-panel.tsx'
import { onKey } from './keyboard.ts'
import { ListPanel } from './list-panel.tsx'
import { LoadBalancerPanel } from './load-balancer-panel.tsx'
import { begin, dialog, isConnected, message, selectedId, view } from './state.ts'

function Page() {
  const isDetail = selectedId.value !== undefined
  return (
    <>
      <header>
        <h1>koa-alb-local</h1>
        <nav>
          <ViewButton name="exchanges" label="Exchanges" />
          <ViewButton name="load-balancer" label="Load balancer" />
        </nav>
        {!isConnected.value && <span class="warning">The load balancer has ended</span>}
        <button type="button" onClick={() => (dialog.value = 'help')} title="Keys (?)">
          ?
        </button>
      </header>
      {message.value !== '' && (
        <p class="message" role="alert">
          {message.value}{' '}
          <button type="button" onClick={() => (message.value = '')}>
            Close
          </button>
        </p>
      )}
      {view.value === 'exchanges' ? (
        <main class={isDetail ? 'two' : 'one'}>
          <ListPanel />
          {isDetail && <DetailPanel />}
        </main>
      ) : (
        <main class="one">
          <LoadBalancerPanel />
        </main>
      )}
      {dialog.value === 'help' && <HelpPanel />}
      {dialog.value === 'edit' && <EditPanel />}
      {dialog.value === 'compare' && <ComparePanel />}
    </>
  )
}

function ViewButton({ name, label }: { name: typeof view.value; label: string }) {
  return (
    <button type="button" aria-pressed={view.value === name} onClick={() => (view.value = name)}>
      {label}
    </button>
  )
}

begin()
addEventListener('keydown', onKey)
render(<Page />, document.body)
