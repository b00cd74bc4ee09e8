import { isHopByHop } from '../../invocation/response.ts'
import { behaviour, type Check } from './check.ts'
import { readHeaders } from './header-fields.ts'

export const noHopByHop: Check = {
  code: 'ALB123',
  name: 'no header is one that load balancers leave out',
  severity: 'note',
  remedy: "Leave it out: the connection to the client is the load balancer's own.",
  source: behaviour,
  judge: (exchange) => {
    const names = new Set(readHeaders(exchange).map(([name]) => name.toLowerCase()))
    return [...names].filter(isHopByHop).map((name) => `header is left out: ${name}`)
  },
}
