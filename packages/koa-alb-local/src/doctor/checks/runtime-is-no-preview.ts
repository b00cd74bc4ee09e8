import { registeredFunctions, type TemplateCheck } from './template-check.ts'

// As of 2026-11-26.
const previews: readonly unknown[] = ['nodejs26.x']

export const runtimeIsNoPreview: TemplateCheck = {
  code: 'ALB410',
  name: 'the Node runtime is no preview',
  severity: 'warning',
  remedy:
    'Set Runtime to nodejs24.x or nodejs22.x: a preview may change, and is not for production.',
  source: 'https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtimes.html',
  judge: (resources) =>
    registeredFunctions(resources)
      .filter(({ properties }) => previews.includes(properties.Runtime))
      .map(({ id, properties }) => `runtime is a preview: ${id} (${properties.Runtime})`),
}
