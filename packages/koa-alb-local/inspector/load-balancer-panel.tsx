import { useEffect, useState } from 'preact/hooks'
import type {
  InspectedGroup,
  InspectedListener,
  InspectedRule,
} from '../src/inspector/inspected.ts'
import type { GroupCounts, Second } from '../src/inspector/statistics.ts'
import { Chart } from './chart.tsx'
import { ask } from './client.ts'
import { changes, exchanges, inOrder } from './state.ts'

interface LoadBalancer {
  readonly listeners: readonly (Omit<InspectedListener, 'rules'> & {
    readonly rules: readonly (InspectedRule & { readonly hits: number })[]
  })[]
  readonly targetGroups: readonly (InspectedGroup & { readonly counts: GroupCounts | null })[]
}

export function LoadBalancerPanel() {
  const [loadBalancer, setLoadBalancer] = useState<LoadBalancer>()
  const [seconds, setSeconds] = useState<readonly Second[]>([])
  const [showLoadBalancer] = useState(() => inOrder<LoadBalancer>(setLoadBalancer))
  const [showSeconds] = useState(() =>
    inOrder<{ seconds: readonly Second[] }>((answer) => setSeconds(answer.seconds)),
  )
  const [newest] = exchanges.value
  useEffect(() => {
    void showLoadBalancer(() => ask('/load-balancer'))
    void showSeconds(() => ask('/statistics'))
  }, [newest, changes.value])
  return (
    <section class="load-balancer">
      <Chart seconds={seconds} />
      <h2>Target groups</h2>
      <div class="scroll">
        <table>
          <thead>
            <tr>
              <th>Name</th>
              <th>Health</th>
              <th>Requests</th>
              <th>Failed</th>
              <th>Average</th>
            </tr>
          </thead>
          <tbody>
            {loadBalancer?.targetGroups.map(({ name, health, description, counts }) => (
              <tr key={name}>
                <td>{name}</td>
                <td>
                  {health}
                  <small>{health === 'unavailable' ? 'health checks are off' : description}</small>
                </td>
                <td>{counts?.count ?? 0}</td>
                <td>{counts?.failed ?? 0}</td>
                <td>{counts ? `${(counts.sumMs / counts.count).toFixed(1)} ms` : '–'}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {loadBalancer?.listeners.map(({ name, url, rules }) => (
        <section key={name}>
          <h2>
            {name} <small>{url}</small>
          </h2>
          <div class="scroll">
            <table>
              <thead>
                <tr>
                  <th>Priority</th>
                  <th>Conditions</th>
                  <th>Actions</th>
                  <th>Hits</th>
                </tr>
              </thead>
              <tbody>
                {rules.map(({ priority, conditions, actions, hits }) => (
                  <tr key={priority}>
                    <td>{priority || 'default'}</td>
                    <td>{conditions.join('\n') || 'everything else'}</td>
                    <td>{actions.join(', ')}</td>
                    <td>{hits}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        </section>
      ))}
    </section>
  )
}
