import { registeredFunctions, type TemplateCheck } from './template-check.ts'

export const logsAreKeptForATime: TemplateCheck = {
  code: 'ALB409',
  name: 'logs are kept for a time',
  severity: 'note',
  remedy:
    'Add an AWS::Logs::LogGroup with RetentionInDays, and name it in LoggingConfig of the function: the group that Lambda makes keeps everything.',
  source: 'https://docs.aws.amazon.com/lambda/latest/dg/monitoring-cloudwatchlogs.html',
  judge: (resources) => {
    const groups = resources.ofType('AWS::Logs::LogGroup')
    const kept = groups
      .filter(({ declared }) => declared.includes('RetentionInDays'))
      .map(({ properties }) => String(properties.LogGroupName))
    return registeredFunctions(resources)
      .filter(({ id, declared, properties }) => {
        const names = [id, String(properties.FunctionName)].map((name) => `/aws/lambda/${name}`)
        return !declared.includes('LoggingConfig') && !names.some((name) => kept.includes(name))
      })
      .map(({ id }) => `logs are kept for ever: ${id}`)
  },
}
