import { describe, it } from 'vitest'
import { start } from '../shared/command-line.ts'
import {
  configuration,
  fixed,
  numbered,
  rule,
  writeConfiguration,
} from '../shared/configuration-file.ts'
import { folderWith } from '../shared/folder.ts'
import { chromiumOfBlock, executablePath, toHaveText } from './browser.ts'

describe.skipIf(executablePath === '')('in a browser, the page', () => {
  const browser = chromiumOfBlock()

  it('shows the rules of a configuration that has changed, without a request', async () => {
    const files = { 'package.json': '{ "type": "module" }', 'lambda.js': numbered }
    const folder = await folderWith({ ...files, 'local.json': configuration() })
    const args = ['--config', 'local.json', '--port', '0', '--watch', '--inspector', '0']
    const commandLine = start(args, { folder })
    const page = await browser().newPage()
    await page.goto((await commandLine.line(/^Inspector /)).replace('Inspector ', ''))
    await page.getByRole('button', { name: 'Load balancer' }).click()
    await toHaveText(page, '.load-balancer', 'forward')
    await writeConfiguration(folder, { listenerRules: { Tea: rule('/tea', fixed(418)) } })
    await toHaveText(page, '.load-balancer', 'path-pattern /tea')
    await page.close()
  })
})
