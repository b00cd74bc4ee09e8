import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { FunctionWatch } from '../../../src/cli/functions/function-watch.ts'
import { folderWith, writeIn } from '../../shared/folder.ts'

it('leaves a folder alone that has none of the files which matter any more', async () => {
  const folder = await folderWith({
    'asset.1/package.json': '{}',
    'asset.2/package.json': '{}',
    'parts/shared.js': '1',
  })
  const [old = '', current = ''] = ['asset.1', 'asset.2'].map((name) => join(folder, name))
  const changed = new Set<string>()
  const watch = new FunctionWatch({
    changed: (file) => void changed.add(file),
    replaced: () => {},
    failed: () => {},
  })
  onTestFinished(() => watch.close())
  await watch.open([join(old, 'lambda.js'), join(current, 'lambda.js')])
  watch.keep([join(current, 'lambda.js'), join(folder, 'parts/shared.js')])
  await writeIn(old, 'lambda.js', '1')
  await writeIn(folder, 'parts/shared.js', '22')
  await writeIn(current, 'lambda.js', '1')
  await expect
    .poll(() => [...changed].sort())
    .toEqual([join(current, 'lambda.js'), join(folder, 'parts/shared.js')])
})
