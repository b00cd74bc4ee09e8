/**
 * The properties of CloudFormation's resources, as far as they mean something here; all others are
 * ignored, but for those that no load balancer with Lambda targets could have. References between
 * resources are the names under which they are configured.
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/AWS_ElasticLoadBalancingV2.html
 */

/** Numbers may be written as text. */
type Count = number | string
type Flag = boolean | 'true' | 'false'

export interface Attribute {
  Key: string
  Value: string
}

/** `AWS::ElasticLoadBalancingV2::LoadBalancer` */
export interface LoadBalancerProperties {
  Name?: string
  LoadBalancerAttributes?: Attribute[]
}

/** `AWS::ElasticLoadBalancingV2::TargetGroup` */
export interface TargetGroupProperties {
  Name?: string
  TargetType?: 'lambda'
  /** One target, or none: `Id` is the name of a handler or `Target` in `targets`. */
  Targets?: { Id: string }[]
  TargetGroupAttributes?: Attribute[]
  HealthCheckEnabled?: Flag
  HealthCheckPath?: string
  HealthCheckIntervalSeconds?: Count
  HealthCheckTimeoutSeconds?: Count
  HealthyThresholdCount?: Count
  UnhealthyThresholdCount?: Count
  Matcher?: { HttpCode?: string }
}

/** `AWS::ElasticLoadBalancingV2::Listener` */
export interface ListenerProperties {
  Port: Count
  Protocol: 'HTTP' | 'HTTPS'
  DefaultActions: ActionProperties[]
  /** The first one is for clients that name no host; each is the name of one in `certificates`. */
  Certificates?: CertificateProperties[]
  SslPolicy?: string
  MutualAuthentication?: { Mode?: 'off' | 'passthrough' | 'verify'; TrustStoreArn?: string }
  ListenerAttributes?: Attribute[]
}

export interface CertificateProperties {
  CertificateArn: string
}

/** `AWS::ElasticLoadBalancingV2::ListenerCertificate` */
export interface ListenerCertificateProperties {
  ListenerArn: string
  Certificates: CertificateProperties[]
}

/** `AWS::ElasticLoadBalancingV2::ListenerRule` */
export interface ListenerRuleProperties {
  ListenerArn: string
  Priority: Count
  Conditions: ConditionProperties[]
  Actions: ActionProperties[]
  Transforms?: TransformProperties[]
}

export interface ConditionProperties {
  Field:
    | 'host-header'
    | 'http-header'
    | 'http-request-method'
    | 'path-pattern'
    | 'query-string'
    | 'source-ip'
  Values?: string[]
  RegexValues?: string[]
  HostHeaderConfig?: { Values?: string[]; RegexValues?: string[] }
  HttpHeaderConfig?: { HttpHeaderName: string; Values?: string[]; RegexValues?: string[] }
  HttpRequestMethodConfig?: { Values: string[] }
  PathPatternConfig?: { Values?: string[]; RegexValues?: string[] }
  QueryStringConfig?: { Values: { Key?: string; Value: string }[] }
  SourceIpConfig?: { Values: string[] }
}

export interface TransformProperties {
  Type: 'url-rewrite' | 'host-header-rewrite'
  UrlRewriteConfig?: { Rewrites: { Regex: string; Replace: string }[] }
  HostHeaderRewriteConfig?: { Rewrites: { Regex: string; Replace: string }[] }
}

export interface ActionProperties {
  Type:
    | 'authenticate-cognito'
    | 'authenticate-oidc'
    | 'fixed-response'
    | 'forward'
    | 'jwt-validation'
    | 'redirect'
  Order?: Count
  TargetGroupArn?: string
  ForwardConfig?: {
    TargetGroups?: { TargetGroupArn: string; Weight?: Count }[]
    TargetGroupStickinessConfig?: { Enabled?: Flag; DurationSeconds?: Count }
  }
  RedirectConfig?: {
    StatusCode: 'HTTP_301' | 'HTTP_302'
    Protocol?: string
    Host?: string
    Port?: string
    Path?: string
    Query?: string
  }
  FixedResponseConfig?: { StatusCode: Count; ContentType?: string; MessageBody?: string }
  AuthenticateOidcConfig?: {
    Issuer: string
    AuthorizationEndpoint: string
    ClientId: string
    Scope?: string
    OnUnauthenticatedRequest?: 'allow' | 'authenticate' | 'deny'
  }
  AuthenticateCognitoConfig?: {
    UserPoolArn: string
    UserPoolClientId: string
    UserPoolDomain: string
    Scope?: string
    OnUnauthenticatedRequest?: 'allow' | 'authenticate' | 'deny'
  }
  JwtValidationConfig?: {
    JwksEndpoint: string
    Issuer: string
    AdditionalClaims?: {
      Name: string
      Format: 'single-string' | 'space-separated-values' | 'string-array'
      Values: string[]
    }[]
  }
}
