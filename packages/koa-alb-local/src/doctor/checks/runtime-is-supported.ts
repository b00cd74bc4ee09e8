import { registeredFunctions, type TemplateCheck } from './template-check.ts'

// As of 2026-04-30.
const deprecated = /^nodejs(?:\d|1\d|20)?(?:\.|$)/

export const runtimeIsSupported: TemplateCheck = {
  code: 'ALB407',
  name: 'the Node runtime is supported',
  severity: 'warning',
  remedy: 'Set Runtime to nodejs24.x or nodejs22.x.',
  source: 'https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtimes.html',
  judge: (resources) =>
    registeredFunctions(resources)
      .filter(({ properties }) => deprecated.test(String(properties.Runtime)))
      .map(({ id, properties }) => `runtime is deprecated: ${id} (${properties.Runtime})`),
}
