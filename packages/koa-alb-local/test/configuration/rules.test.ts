import { describe, expect, it } from 'vitest'
import type {
  ActionProperties,
  ConditionProperties,
  ListenerRuleProperties,
} from '../../src/index.ts'
import {
  fixed,
  forward,
  optionsWith,
  optionsWithRule,
  refusalOf,
} from '../shared/application-load-balancer.ts'
import { certificateFor } from '../shared/certificates.ts'

const rule = (properties: Partial<ListenerRuleProperties>) => refusalOf(optionsWithRule(properties))
const conditions = (...list: ConditionProperties[]) => rule({ Conditions: list })
const actions = (...list: ActionProperties[]) => rule({ Actions: list })
const path = (...Values: string[]): ConditionProperties => ({ Field: 'path-pattern', Values })
const header = (HttpHeaderName: string, ...Values: string[]): ConditionProperties => ({
  Field: 'http-header',
  HttpHeaderConfig: { HttpHeaderName, Values },
})
const long = 'x'.repeat(129)

describe('a condition is refused:', () => {
  it.each<[ConditionProperties[], string, string]>([
    [[path('/a b')], 'INVALID_PROPERTY', 'Conditions[0].Values[0] is "/a b", must be a path of'],
    [[path(`/${long}`)], 'LIMIT_EXCEEDED', 'Conditions[0].Values[0] has 130 characters, limit 128'],
    [[path()], 'MISSING_PROPERTY', 'Conditions[0] has no values'],
    [
      [path('/1', '/2', '/3'), header('x', 'a', 'b', 'c')],
      'LIMIT_EXCEEDED',
      'Conditions has 6 values in all, limit 5',
    ],
    [
      [path('/1', '/2', '/3', '/4', '/5', '/6')],
      'LIMIT_EXCEEDED',
      'Conditions has 6 values in all, limit 5',
    ],
    [[path('*?*?*?*')], 'LIMIT_EXCEEDED', 'Conditions has 7 wildcards in all, limit 6'],
    [
      [path('/a'), path('/b')],
      'LIMIT_EXCEEDED',
      'Conditions has 2 path-pattern conditions, limit 1',
    ],
    [
      [{ Field: 'host-header', Values: ['localhost'] }],
      'INVALID_PROPERTY',
      'Conditions[0].Values[0] is "localhost", must be a host name with at least one dot',
    ],
    [
      [header('Host', 'a')],
      'INVALID_PROPERTY',
      'HttpHeaderConfig.HttpHeaderName is "Host", must be another header',
    ],
    [[header('x*', 'a')], 'INVALID_PROPERTY', 'must be a header name without wildcards'],
    [[header('x'.repeat(41), 'a')], 'LIMIT_EXCEEDED', 'has 41 characters, limit 40'],
    [[header('x', 'é')], 'INVALID_PROPERTY', 'must be a text of visible ASCII characters'],
    [
      [{ Field: 'http-request-method', HttpRequestMethodConfig: { Values: ['get'] } }],
      'INVALID_PROPERTY',
      'HttpRequestMethodConfig.Values[0] is "get", must be a method of A-Z - _',
    ],
    [
      [{ Field: 'query-string', QueryStringConfig: { Values: [{ Key: 'a', Value: long }] } }],
      'LIMIT_EXCEEDED',
      'QueryStringConfig.Values[0].Value has 129 characters',
    ],
    [
      [{ Field: 'source-ip', SourceIpConfig: { Values: ['127.0.0.1'] } }],
      'INVALID_PROPERTY',
      'SourceIpConfig.Values[0] is "127.0.0.1", must be a network in CIDR notation',
    ],
    [
      [{ Field: 'source-ip', SourceIpConfig: { Values: ['255.255.255.255/32'] } }],
      'INVALID_PROPERTY',
      'must be another network',
    ],
    [[], 'MISSING_PROPERTY', 'Conditions has no condition'],
  ])('%j: %s', (list, code, message) => {
    const refusal = conditions(...list)
    expect(refusal.code).toBe(`ALB_ERR_${code}`)
    expect(refusal.message).toContain(`listenerRules.Only.Conditions`)
    expect(refusal.message).toContain(message)
  })

  it('a field that is none', () => {
    const condition = JSON.parse('{ "Field": "cookie", "Values": ["a"] }')
    expect(conditions(condition)).toEqual({
      code: 'ALB_ERR_INVALID_PROPERTY',
      message:
        'listenerRules.Only.Conditions[0].Field is "cookie", must be one of host-header, http-header, http-request-method, path-pattern, query-string, source-ip',
    })
  })
})

describe('a rule is refused:', () => {
  it.each([0, 50_001, 1.5, 'x'])('priority %s', (Priority) => {
    expect(rule({ Priority }).message).toBe(
      `listenerRules.Only.Priority is ${JSON.stringify(Priority)}, must be an integer from 1 to 50000`,
    )
  })

  it('a priority that another rule of the listener has', () => {
    const options = optionsWithRule({})
    const [only] = Object.values(options.listenerRules ?? {})
    expect(
      refusalOf({
        ...options,
        listenerRules: { ...options.listenerRules, ...(only && { Twin: only }) },
      }),
    ).toEqual({
      code: 'ALB_ERR_CONFLICT',
      message: 'listenerRules.Twin.Priority is 1, which listenerRules.Only has already',
    })
  })

  it('a listener that does not exist', () => {
    expect(rule({ ListenerArn: 'Nowhere' })).toEqual({
      code: 'ALB_ERR_UNKNOWN_REFERENCE',
      message: 'listenerRules.Only.ListenerArn is "Nowhere", which is no listener here (Web)',
    })
  })

  it('more than 100 of them', () => {
    const options = optionsWithRule({})
    const [only] = Object.values(options.listenerRules ?? {})
    const rules = Array.from({ length: 101 }, (_, index) => [
      `R${index}`,
      { ...only, Priority: index + 1 },
    ])
    expect(refusalOf({ ...options, listenerRules: Object.fromEntries(rules) })).toEqual({
      code: 'ALB_ERR_LIMIT_EXCEEDED',
      message: 'listenerRules has 101 rules, limit 100',
    })
  })

  it('two url-rewrites', () => {
    const transform = {
      Type: 'url-rewrite',
      UrlRewriteConfig: { Rewrites: [{ Regex: 'a', Replace: 'b' }] },
    } as const
    expect(rule({ Transforms: [transform, transform] }).message).toBe(
      'listenerRules.Only.Transforms has 2 url-rewrite, limit 1',
    )
  })
})

describe('actions are refused:', () => {
  it.each<[string, ActionProperties[]]>([
    ['none', []],
    ['two final ones', [fixed('a'), fixed('b')]],
    [
      'a final one that is not last',
      [
        { ...fixed('a'), Order: 1 },
        { ...fixed('b'), Order: 2 },
      ],
    ],
  ])('%s', (_, list) => {
    expect(actions(...list)).toEqual({
      code: 'ALB_ERR_INVALID_ACTIONS',
      message:
        'listenerRules.Only.Actions must have exactly one forward, redirect or fixed-response, and that last',
    })
  })

  it('a target group that does not exist', () => {
    expect(actions(forward('Nowhere'))).toEqual({
      code: 'ALB_ERR_UNKNOWN_REFERENCE',
      message:
        'listenerRules.Only.Actions[0].TargetGroupArn is "Nowhere", which is no target group here (Api)',
    })
  })

  it('more than 5 target groups, and a weight over 999', () => {
    const groups = (count: number, Weight: number): ActionProperties => ({
      Type: 'forward',
      ForwardConfig: {
        TargetGroups: Array.from({ length: count }, () => ({ TargetGroupArn: 'Api', Weight })),
      },
    })
    expect(actions(groups(6, 1)).message).toContain('TargetGroups has 6 target groups, limit 5')
    expect(actions(groups(1, 1000)).message).toContain(
      'Weight is 1000, must be an integer from 0 to 999',
    )
  })

  it('a stickiness of more than a week', () => {
    const action: ActionProperties = {
      Type: 'forward',
      ForwardConfig: {
        TargetGroups: [{ TargetGroupArn: 'Api' }],
        TargetGroupStickinessConfig: { Enabled: true, DurationSeconds: 604_801 },
      },
    }
    expect(actions(action).message).toContain('must be an integer from 1 to 604800')
  })

  it.each([
    [{ StatusCode: '301' }, 'StatusCode is "301", must be a 2XX, 4XX or 5XX code'],
    [{ StatusCode: '600' }, 'StatusCode is "600", must be an integer from 200 to 599'],
    [
      { StatusCode: '200', ContentType: 'image/png' },
      'ContentType is "image/png", must be one of text/plain,',
    ],
    [
      { StatusCode: '200', MessageBody: 'x'.repeat(1025) },
      'MessageBody has 1025 characters, limit 1024',
    ],
  ])('the fixed response %j', (FixedResponseConfig, message) => {
    const refusal = actions({ Type: 'fixed-response', FixedResponseConfig })
    expect(refusal.message).toContain(
      `listenerRules.Only.Actions[0].FixedResponseConfig.${message}`,
    )
  })

  it.each([
    [{}, 'RedirectConfig is {"StatusCode":"HTTP_301"}, must be a redirect that changes'],
    [{ Query: 'a=b' }, 'must be a redirect that changes'],
    [{ Protocol: 'FTP' }, 'Protocol is "FTP", must be HTTP, HTTPS or #{protocol}'],
    [{ Port: 'x' }, 'Port is "x", must be a port or #{port}'],
    [{ Path: 'a' }, 'Path is "a", must be a path that begins with /'],
    [{ Path: `/${long}` }, 'Path has 130 characters, limit 128'],
    [{ Host: 'b.example', Query: '?a' }, 'Query is "?a", must be a query without the leading ?'],
  ])('the redirect %j', (config, message) => {
    const RedirectConfig = { StatusCode: 'HTTP_301', ...config } as const
    expect(actions({ Type: 'redirect', RedirectConfig }).message).toContain(message)
  })

  it('a redirect from HTTPS to HTTP', async () => {
    const action: ActionProperties = {
      Type: 'redirect',
      RedirectConfig: { StatusCode: 'HTTP_301', Protocol: 'HTTP', Port: '80' },
    }
    const options = optionsWith({
      listeners: {
        Web: {
          Port: 443,
          Protocol: 'HTTPS',
          DefaultActions: [action],
          Certificates: [{ CertificateArn: 'arn:a' }],
        },
      },
      certificates: { 'arn:a': await certificateFor('a.example') },
    })
    expect(refusalOf(options).message).toBe(
      'listeners.Web.DefaultActions[0].RedirectConfig.Protocol is "HTTP", must be HTTPS: a redirect from HTTPS to HTTP is refused',
    )
  })

  it('sign-in and tokens on an HTTP listener', () => {
    const gate = JSON.parse('{ "Type": "jwt-validation", "JwtValidationConfig": {} }')
    expect(actions({ ...gate, Order: 1 }, { ...fixed('a'), Order: 2 })).toEqual({
      code: 'ALB_ERR_INVALID_ACTIONS',
      message: 'listenerRules.Only.Actions[0] is jwt-validation, which only HTTPS listeners have',
    })
  })
})
