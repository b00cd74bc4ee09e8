variable "listener_arn" {
  type        = string
  description = "A listener of an Application Load Balancer"
}

data "archive_file" "function" {
  type        = "zip"
  source_dir  = "${path.module}/../cloudformation/dist"
  output_path = "${path.module}/function.zip"
}

data "aws_iam_policy_document" "assume_role" {
  statement {
    actions = ["sts:AssumeRole"]
    principals {
      type        = "Service"
      identifiers = ["lambda.amazonaws.com"]
    }
  }
}

data "aws_caller_identity" "current" {}

resource "aws_iam_role" "function" {
  name               = "parts-desk"
  assume_role_policy = data.aws_iam_policy_document.assume_role.json
}

resource "aws_iam_role_policy_attachment" "log" {
  role       = aws_iam_role.function.name
  policy_arn = "arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole"
}

resource "aws_lambda_function" "function" {
  function_name    = "parts-desk"
  filename         = data.archive_file.function.output_path
  source_code_hash = data.archive_file.function.output_base64sha256
  handler          = "lambda.handler"
  runtime          = "nodejs24.x"
  architectures    = ["arm64"]
  memory_size      = 1024
  timeout          = 10
  role             = aws_iam_role.function.arn
  publish          = true

  environment {
    variables = { NODE_OPTIONS = "--enable-source-maps" }
  }
}

resource "aws_lambda_alias" "live" {
  name             = "live"
  function_name    = aws_lambda_function.function.function_name
  function_version = aws_lambda_function.function.version
}

resource "aws_lb_target_group" "function" {
  name                               = "parts-desk"
  target_type                        = "lambda"
  lambda_multi_value_headers_enabled = true

  health_check {
    enabled  = true
    path     = "/"
    interval = 35
    timeout  = 30
  }
}

resource "aws_lambda_permission" "load_balancer" {
  statement_id   = "load-balancer"
  action         = "lambda:InvokeFunction"
  function_name  = aws_lambda_function.function.function_name
  qualifier      = aws_lambda_alias.live.name
  principal      = "elasticloadbalancing.amazonaws.com"
  source_account = data.aws_caller_identity.current.account_id
  source_arn     = aws_lb_target_group.function.arn
}

resource "aws_lb_target_group_attachment" "function" {
  target_group_arn = aws_lb_target_group.function.arn
  target_id        = aws_lambda_alias.live.arn
  depends_on       = [aws_lambda_permission.load_balancer]
}

resource "aws_lb_listener_rule" "function" {
  listener_arn = var.listener_arn
  priority     = 10

  condition {
    path_pattern {
      values = ["/parts/*"]
    }
  }

  action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.function.arn
  }
}
