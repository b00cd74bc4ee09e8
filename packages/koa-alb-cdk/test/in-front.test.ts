import { Match, Template } from 'aws-cdk-lib/assertions'
import { Certificate } from 'aws-cdk-lib/aws-certificatemanager'
import { UserPool, UserPoolClient, UserPoolDomain } from 'aws-cdk-lib/aws-cognito'
import {
  ApplicationListener,
  IpAddressType,
  ListenerAction,
  ListenerCondition,
  MutualAuthenticationMode,
  TrustStore,
} from 'aws-cdk-lib/aws-elasticloadbalancingv2'
import { SecretValue, type Stack } from 'aws-cdk-lib/core'
import type { ApplicationLoadBalancedFunctionProps as Props } from 'koa-alb-cdk'
import { expect, it } from 'vitest'
import { createService, createStack, templateOf } from './stack.ts'

const listener = 'AWS::ElasticLoadBalancingV2::Listener'
const rule = 'AWS::ElasticLoadBalancingV2::ListenerRule'
const forward = { Type: 'forward', TargetGroupArn: { Ref: Match.anyValue() } }

const certificateIn = (stack: Stack, id: string) =>
  Certificate.fromCertificateArn(
    stack,
    id,
    `arn:aws:acm:eu-central-1:111122223333:certificate/${id}`,
  )

/** The template of a load balancer with a certificate and these. */
function secured(propsIn: (stack: Stack) => Props): Template {
  const stack = createStack()
  createService(stack, { certificate: certificateIn(stack, '1'), ...propsIn(stack) })
  return Template.fromStack(stack)
}

it('signs users in with an identity provider before the function', () => {
  const oidc = {
    issuer: 'https://login.example.com',
    authorizationEndpoint: 'https://login.example.com/authorize',
    tokenEndpoint: 'https://login.example.com/token',
    userInfoEndpoint: 'https://login.example.com/me',
    clientId: 'parts',
    clientSecret: SecretValue.secretsManager('login'),
  }
  secured(() => ({ authentication: { oidc } })).hasResourceProperties(listener, {
    Port: 443,
    DefaultActions: [
      {
        Type: 'authenticate-oidc',
        Order: 1,
        AuthenticateOidcConfig: {
          Issuer: 'https://login.example.com',
          AuthorizationEndpoint: 'https://login.example.com/authorize',
          TokenEndpoint: 'https://login.example.com/token',
          UserInfoEndpoint: 'https://login.example.com/me',
          ClientId: 'parts',
          ClientSecret: '{{resolve:secretsmanager:login:SecretString:::}}',
        },
      },
      { ...forward, Order: 2 },
    ],
  })
})

it('signs users in with a user pool of Cognito', () => {
  const template = secured((stack) => {
    const userPool = UserPool.fromUserPoolArn(
      stack,
      'Pool',
      'arn:aws:cognito-idp:eu-central-1:111122223333:userpool/eu-central-1_1',
    )
    const userPoolClient = UserPoolClient.fromUserPoolClientId(stack, 'Client', 'client-1')
    const userPoolDomain = UserPoolDomain.fromDomainName(stack, 'Domain', 'parts')
    return { authentication: { cognito: { userPool, userPoolClient, userPoolDomain } } }
  })
  template.hasResourceProperties(listener, {
    DefaultActions: [
      {
        Type: 'authenticate-cognito',
        Order: 1,
        AuthenticateCognitoConfig: { UserPoolClientId: 'client-1', UserPoolDomain: 'parts' },
      },
      { ...forward, Order: 2 },
    ],
  })
})

it('lets tokens pass by issuer and further claims', () => {
  const jwt = {
    issuer: 'https://login.example.com',
    jwksEndpoint: 'https://login.example.com/keys',
    additionalClaims: [{ name: 'scope', values: ['parts'], format: 'space-separated-values' }],
  } as const
  secured(() => ({ authentication: { jwt } })).hasResourceProperties(listener, {
    DefaultActions: [
      {
        Type: 'jwt-validation',
        Order: 1,
        JwtValidationConfig: {
          Issuer: 'https://login.example.com',
          JwksEndpoint: 'https://login.example.com/keys',
          AdditionalClaims: [
            { Name: 'scope', Values: ['parts'], Format: 'space-separated-values' },
          ],
        },
      },
      { ...forward, Order: 2 },
    ],
  })
})

it('answers what meets no condition by the default action, the rest by a rule', () => {
  const template = templateOf({
    defaultAction: ListenerAction.fixedResponse(404),
    conditions: [ListenerCondition.pathPatterns(['/api/*'])],
  })
  template.hasResourceProperties(listener, {
    DefaultActions: [{ Type: 'fixed-response', FixedResponseConfig: { StatusCode: '404' } }],
  })
  template.hasResourceProperties(rule, {
    Priority: 1,
    Conditions: [{ Field: 'path-pattern', PathPatternConfig: { Values: ['/api/*'] } }],
    Actions: [forward],
  })
})

it('has further certificates, which clients get by server name', () => {
  const template = secured((stack) => ({ certificates: [certificateIn(stack, '2')] }))
  template.hasResourceProperties(listener, {
    Certificates: [{ CertificateArn: 'arn:aws:acm:eu-central-1:111122223333:certificate/1' }],
  })
  template.hasResourceProperties('AWS::ElasticLoadBalancingV2::ListenerCertificate', {
    Certificates: [{ CertificateArn: 'arn:aws:acm:eu-central-1:111122223333:certificate/2' }],
  })
})

it('takes the first of several certificates for its own if there is no other', () => {
  const stack = createStack()
  const { url } = createService(stack, { certificates: [certificateIn(stack, '2')] })
  Template.fromStack(stack).hasResourceProperties(listener, {
    Port: 443,
    Certificates: [{ CertificateArn: 'arn:aws:acm:eu-central-1:111122223333:certificate/2' }],
  })
  expect(url).toMatch(/^https:/)
})

it('verifies client certificates by a trust store', () => {
  const arn = 'arn:aws:elasticloadbalancing:eu-central-1:111122223333:truststore/parts/1'
  secured((stack) => ({
    mutualAuthentication: {
      mutualAuthenticationMode: MutualAuthenticationMode.VERIFY,
      trustStore: TrustStore.fromTrustStoreArn(stack, 'Trust', arn),
      ignoreClientCertificateExpiry: true,
    },
  })).hasResourceProperties(listener, {
    Port: 443,
    MutualAuthentication: {
      Mode: 'verify',
      TrustStoreArn: arn,
      IgnoreClientCertificateExpiry: true,
    },
  })
})

it('checks tokens in the rule on a listener that exists', () => {
  const jwt = { issuer: 'https://a', jwksEndpoint: 'https://a/keys' }
  const stack = createStack()
  createService(stack, {
    listener: ApplicationListener.fromLookup(stack, 'Shared', { loadBalancerTags: { a: 'b' } }),
    priority: 10,
    conditions: [ListenerCondition.pathPatterns(['/api/*'])],
    authentication: { jwt },
  })
  Template.fromStack(stack).hasResourceProperties(rule, {
    Priority: 10,
    Actions: [
      {
        Type: 'jwt-validation',
        Order: 1,
        JwtValidationConfig: { Issuer: 'https://a', JwksEndpoint: 'https://a/keys' },
      },
      { ...forward, Order: 2 },
    ],
  })
})

it('synthesizes twice alike', () => {
  const make = () =>
    secured((stack) => ({
      certificates: [certificateIn(stack, '2')],
      authentication: { jwt: { issuer: 'https://a', jwksEndpoint: 'https://a/keys' } },
      ipAddressType: IpAddressType.DUAL_STACK,
      loadBalancerAttributes: { 'routing.http2.enabled': 'false' },
      defaultAction: ListenerAction.fixedResponse(404),
      conditions: [ListenerCondition.pathPatterns(['/api/*'])],
      resourcePolicy: true,
    })).toJSON()
  expect(make()).toEqual(make())
})
