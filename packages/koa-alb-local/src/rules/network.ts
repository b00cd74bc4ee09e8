import ipaddr from 'ipaddr.js'
import type { Property } from '../properties/property.ts'

/** Whether an address is in the network in CIDR notation. */
export function readNetwork(property: Property): (address: string) => boolean {
  const allowed = 'a network in CIDR notation, such as 192.0.2.0/24 or 2001:db8::/32'
  const text = property.text()
  if (text === '255.255.255.255/32') throw property.invalid('another network: AWS refuses this one')
  if (!ipaddr.isValidCIDR(text)) throw property.invalid(allowed)
  const [network, bits] = ipaddr.parseCIDR(text)
  return (address) => {
    if (!ipaddr.isValid(address)) return false
    // An IPv4 client of an IPv6 socket is mapped; `process` gives its IPv4 address back.
    const client = ipaddr.process(address)
    return client.kind() === network.kind() && client.match(network, bits)
  }
}
