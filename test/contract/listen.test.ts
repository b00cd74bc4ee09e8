import { describe } from 'vitest'
import { contract } from './contract.ts'
import { groups } from './groups.ts'
import { listening } from './listening.ts'

for (const [group, cases] of Object.entries(groups)) {
  describe(`${group}, with app.listen`, () => contract(cases, 'listen', listening))
}
