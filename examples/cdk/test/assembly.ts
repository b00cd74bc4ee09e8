import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { App, Validations } from 'aws-cdk-lib'
import { AwsSolutionsChecks } from 'cdk-nag'
import { PartsDeskStack } from '../src/stack.ts'

/** What `cdk synth` leaves behind. */
export interface Assembly {
  folder: string
  /** The path of the CloudFormation template. */
  template: string
  /** The folder that the function is deployed from. */
  asset: string
  remove(): void
}

/**
 * Synthesizes the example as `cdk synth` does, without account or look-ups. `isJudged` takes seconds:
 * it throws when the CDK's own validation or cdk-nag finds anything that is not acknowledged.
 */
export function synthesize({ isJudged = false } = {}): Assembly {
  // The CLI runs the app in its own folder, which is where esbuild is installed.
  process.chdir(fileURLToPath(new URL('..', import.meta.url)))
  const folder = mkdtempSync(join(tmpdir(), 'example-cdk-'))
  const context = {
    '@aws-cdk/core:strictCfnValidateErrors': true,
    // As the CLI sets it: the template then names the folder of the asset.
    'aws:cdk:enable-asset-metadata': true,
  }
  const app = new App({ outdir: folder, context, builtinCloudFormationValidation: isJudged })
  if (isJudged) Validations.of(app).addPlugins(new AwsSolutionsChecks(app))
  new PartsDeskStack(app, 'PartsDesk', { env: { region: 'eu-central-1' } })
  app.synth()
  const template = join(folder, 'PartsDesk.template.json')
  return {
    folder,
    template,
    asset: join(folder, assetOf(template)),
    remove: () => rmSync(folder, { recursive: true }),
  }
}

function assetOf(template: string): string {
  const { Resources } = JSON.parse(readFileSync(template, 'utf8'))
  return Resources.ServiceFunction243F2A49.Metadata['aws:asset:path']
}
