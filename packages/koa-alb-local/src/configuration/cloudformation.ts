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
  LoadBalancerAttributes?: readonly Attribute[]
}

/** `AWS::ElasticLoadBalancingV2::TargetGroup` */
export interface TargetGroupProperties {
  Name?: string
  /** `instance` by default, as in CloudFormation. */
  TargetType?: 'instance' | 'ip' | 'lambda'
  /**
   * Of a group of type `lambda` one target, or none: `Id` is the name of a handler or `Target` in
   * `targets`. Of the others nothing is called: `servers` has what stands for them.
   */
  Targets?: readonly { Id: string; Port?: Count }[]
  ProtocolVersion?: 'GRPC' | 'HTTP1' | 'HTTP2'
  TargetGroupAttributes?: readonly Attribute[]
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
  DefaultActions: readonly ActionProperties[]
  /** The first one is for clients that name no host; each is the name of one in `certificates`. */
  Certificates?: readonly CertificateProperties[]
  SslPolicy?: string
  MutualAuthentication?: {
    Mode?: 'off' | 'passthrough' | 'verify'
    TrustStoreArn?: string
    AdvertiseTrustStoreCaNames?: 'on' | 'off'
    IgnoreClientCertificateExpiry?: Flag
  }
  ListenerAttributes?: readonly Attribute[]
}

export interface CertificateProperties {
  CertificateArn: string
}

/** `AWS::ElasticLoadBalancingV2::ListenerCertificate` */
export interface ListenerCertificateProperties {
  ListenerArn: string
  Certificates: readonly CertificateProperties[]
}

/** `AWS::ElasticLoadBalancingV2::ListenerRule` */
export interface ListenerRuleProperties {
  ListenerArn: string
  Priority: Count
  Conditions: readonly ConditionProperties[]
  Actions: readonly ActionProperties[]
  Transforms?: readonly TransformProperties[]
}

export interface ConditionProperties {
  Field:
    | 'host-header'
    | 'http-header'
    | 'http-request-method'
    | 'path-pattern'
    | 'query-string'
    | 'source-ip'
  Values?: readonly string[]
  RegexValues?: readonly string[]
  HostHeaderConfig?: { Values?: readonly string[]; RegexValues?: readonly string[] }
  HttpHeaderConfig?: {
    HttpHeaderName: string
    Values?: readonly string[]
    RegexValues?: readonly string[]
  }
  HttpRequestMethodConfig?: { Values: readonly string[] }
  PathPatternConfig?: { Values?: readonly string[]; RegexValues?: readonly string[] }
  QueryStringConfig?: { Values: readonly { Key?: string; Value: string }[] }
  SourceIpConfig?: { Values: readonly string[] }
}

export interface TransformProperties {
  Type: 'url-rewrite' | 'host-header-rewrite'
  UrlRewriteConfig?: { Rewrites: readonly { Regex: string; Replace: string }[] }
  HostHeaderRewriteConfig?: { Rewrites: readonly { Regex: string; Replace: string }[] }
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
    TargetGroups?: readonly { TargetGroupArn: string; Weight?: Count }[]
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
    AdditionalClaims?: readonly {
      Name: string
      Format: 'single-string' | 'space-separated-values' | 'string-array'
      Values: readonly string[]
    }[]
  }
}
