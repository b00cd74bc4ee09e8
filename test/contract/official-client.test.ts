import { expect, it } from 'vitest'
import { contractInProcess } from './process/contract.ts'

const folder = process.env.KOA_ALB_OFFICIAL_CLIENT
const runsHere = Number.parseInt(process.versions.node, 10) >= 22

if (runsHere && folder) {
  contractInProcess("AWS's own client", { runtime: 'official', runtimeFrom: folder })
} else {
  // Where a green run has to mean something, this suite must have run.
  it('runs in CI on every Node that the client supports: see scripts/official-client.mjs', () => {
    expect(runsHere && process.env.CI === 'true').toBe(false)
  })
}
