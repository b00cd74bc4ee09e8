import { registeredFunctions, type TemplateCheck } from './template-check.ts'

export const runtimeIsNode: TemplateCheck = {
  code: 'ALB408',
  name: 'the function runs on Node',
  severity: 'note',
  remedy:
    'Examine it with --invoke, at an endpoint that runs it: here only functions for Node can be loaded.',
  source: 'docs/local.md',
  judge: (resources) =>
    registeredFunctions(resources)
      .filter(({ properties }) => !/^nodejs/.test(String(properties.Runtime)))
      .map(
        ({ id, properties }) => `cannot be loaded here: ${id} (${properties.Runtime ?? 'image'})`,
      ),
}
