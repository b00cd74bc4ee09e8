import { Match, Template } from 'aws-cdk-lib/assertions'
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions'
import { LambdaDeploymentConfig } from 'aws-cdk-lib/aws-codedeploy'
import { Topic } from 'aws-cdk-lib/aws-sns'
import { expect, it } from 'vitest'
import { createService, createStack, templateOf } from './stack.ts'

const alarm = 'AWS::CloudWatch::Alarm'
const deploymentConfig = LambdaDeploymentConfig.CANARY_10PERCENT_5MINUTES
const dimensions = [
  { Name: 'LoadBalancer', Value: Match.anyValue() },
  {
    Name: 'TargetGroup',
    Value: { 'Fn::GetAtt': [Match.stringLikeRegexp('^ServiceTargetGroup'), 'TargetGroupFullName'] },
  },
]

function alarmNames(template: Template): string[] {
  return Object.values(template.findResources(alarm)).map(({ Properties }) => Properties.AlarmName)
}

it('are not made unless asked for', () => {
  const template = templateOf({})
  template.resourceCountIs(alarm, 0)
  template.resourceCountIs('AWS::CloudWatch::Dashboard', 0)
  template.resourceCountIs('AWS::CodeDeploy::DeploymentGroup', 0)
})

it('watch 5xx answers and the errors of function and service', () => {
  const template = templateOf({ alarms: {}, targetGroupName: 'parts' })
  expect(alarmNames(template).sort()).toEqual([
    'parts-LambdaInternalError',
    'parts-LambdaUserError',
    'parts-Target5xx',
  ])
  template.hasResourceProperties(alarm, {
    AlarmName: 'parts-LambdaUserError',
    Namespace: 'AWS/ApplicationELB',
    MetricName: 'LambdaUserError',
    Dimensions: dimensions,
    Statistic: 'Sum',
    Period: 60,
    EvaluationPeriods: 1,
    Threshold: 1,
    ComparisonOperator: 'GreaterThanOrEqualToThreshold',
    TreatMissingData: 'notBreaching',
    AlarmActions: Match.absent(),
  })
  template.hasResourceProperties(alarm, {
    AlarmName: 'parts-Target5xx',
    MetricName: 'HTTPCode_Target_5XX_Count',
    Dimensions: dimensions,
  })
})

it('take a threshold and actions', () => {
  const stack = createStack()
  const actions = [new SnsAction(new Topic(stack, 'Pager'))]
  const { alarms } = createService(stack, { alarms: { threshold: 5, actions } })
  expect(alarms).toHaveLength(3)
  Template.fromStack(stack).allResourcesProperties(alarm, {
    Threshold: 5,
    AlarmActions: [{ Ref: Match.stringLikeRegexp('^Pager') }],
  })
})

it('roll a canary deployment back', () => {
  const template = templateOf({ deploymentConfig, targetGroupName: 'parts' })
  expect(alarmNames(template).sort()).toEqual(['parts-LambdaUserError', 'parts-Target5xx'])
  template.hasResourceProperties('AWS::CodeDeploy::DeploymentGroup', {
    DeploymentConfigName: 'CodeDeployDefault.LambdaCanary10Percent5Minutes',
    AlarmConfiguration: {
      Enabled: true,
      Alarms: [{ Name: 'parts-Target5xx' }, { Name: 'parts-LambdaUserError' }],
    },
    AutoRollbackConfiguration: {
      Enabled: true,
      Events: ['DEPLOYMENT_FAILURE', 'DEPLOYMENT_STOP_ON_REQUEST', 'DEPLOYMENT_STOP_ON_ALARM'],
    },
  })
  template.hasResource('AWS::Lambda::Alias', {
    UpdatePolicy: {
      CodeDeployLambdaAliasUpdate: {
        ApplicationName: { Ref: Match.anyValue() },
        DeploymentGroupName: { Ref: Match.anyValue() },
      },
    },
  })
})

it('are one set for rollback and for you', () => {
  templateOf({ deploymentConfig, alarms: {} }).resourceCountIs(alarm, 3)
})

it('have a dashboard beside them', () => {
  const [dashboard] = Object.values(
    templateOf({ dashboard: true }).findResources('AWS::CloudWatch::Dashboard'),
  )
  const body = JSON.stringify(dashboard?.Properties.DashboardBody)
  const metrics = body.match(
    /\w*(?:Count|Time|Error|Errors|Invocations|Throttles|Executions)(?=\\")/g,
  )
  expect([...new Set(metrics)]).toEqual([
    'HTTPCode_Target_2XX_Count',
    'HTTPCode_Target_3XX_Count',
    'HTTPCode_Target_4XX_Count',
    'HTTPCode_Target_5XX_Count',
    'TargetResponseTime',
    'LambdaUserError',
    'LambdaInternalError',
    'Invocations',
    'Errors',
    'Throttles',
    'ConcurrentExecutions',
  ])
})

it('have their metrics offered for others', () => {
  const service = createService(createStack())
  const metrics = [
    service.metricLambdaUserError(),
    service.metricLambdaInternalError({ statistic: 'Average' }),
    service.metricLambdaTargetProcessedBytes(),
  ]
  expect(
    metrics.map(({ metricName, statistic, dimensions }) => [
      metricName,
      statistic,
      Object.keys(dimensions ?? {}),
    ]),
  ).toEqual([
    ['LambdaUserError', 'Sum', ['TargetGroup', 'LoadBalancer']],
    ['LambdaInternalError', 'Average', ['TargetGroup', 'LoadBalancer']],
    ['LambdaTargetProcessedBytes', 'Sum', ['LoadBalancer']],
  ])
})
