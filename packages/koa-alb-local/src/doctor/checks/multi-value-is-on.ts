import { targetsGuide } from './check.ts'
import { lambdaGroups, type TemplateCheck } from './template-check.ts'

export const multiValueIsOn: TemplateCheck = {
  code: 'ALB405',
  name: 'multi-value headers are on',
  severity: 'warning',
  remedy:
    'Set lambda.multi_value_headers.enabled to true: without it, of repeated headers and keys of a query one value arrives, and one cookie leaves.',
  source: targetsGuide,
  judge: (resources) =>
    lambdaGroups(resources)
      .filter(({ properties }) => {
        const { TargetGroupAttributes: attributes } = properties
        const list: unknown[] = Array.isArray(attributes) ? attributes : []
        return !list.some((each) => {
          const { Key, Value } = Object(each)
          return Key === 'lambda.multi_value_headers.enabled' && String(Value) === 'true'
        })
      })
      .map(({ id }) => `multi-value headers are off: ${id}`),
}
