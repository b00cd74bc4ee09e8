// Packs every public package as it would be published and prints a JSON list of the tarballs:
// node scripts/pack.mjs <folder for the tarballs>
import { resolve } from 'node:path'
import { pnpm } from './pnpm.mjs'

const folder = resolve(process.argv[2])
process.stdout.write(
  pnpm(['--recursive', '--filter', './packages/*', 'pack', '--pack-destination', folder, '--json']),
)
