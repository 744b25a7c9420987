// @generated
impl ::prost_protovalidate::Validate for crate::analysis::v1::AnalyzeRequest {
    fn validate(
        &self,
    ) -> ::core::result::Result<(), ::prost_protovalidate::ValidationError> {
        let mut violations = ::std::vec::Vec::new();
        if self.chunk.len() > 1048576usize {
            violations
                .push(
                    ::prost_protovalidate::Violation::new(
                        "chunk",
                        "bytes.max_len",
                        "value length must be at most 1048576 bytes",
                    ),
                );
        }
        if let ::core::option::Option::Some(ref _nested) = self.options {
            if let ::core::result::Result::Err(_e) = ::prost_protovalidate::Validate::validate(
                _nested,
            ) {
                for mut _viol in _e.into_violations() {
                    _viol.prepend_field_path("options");
                    violations.push(_viol);
                }
            }
        }
        if let ::core::option::Option::Some(ref _nested) = self.next_file {
            if let ::core::result::Result::Err(_e) = ::prost_protovalidate::Validate::validate(
                _nested,
            ) {
                for mut _viol in _e.into_violations() {
                    _viol.prepend_field_path("next_file");
                    violations.push(_viol);
                }
            }
        }
        if violations.is_empty() {
            Ok(())
        } else {
            Err(::prost_protovalidate::ValidationError::new(violations))
        }
    }
}
impl ::prost_protovalidate::Validate for crate::analysis::v1::NextFile {
    fn validate(
        &self,
    ) -> ::core::result::Result<(), ::prost_protovalidate::ValidationError> {
        let mut violations = ::std::vec::Vec::new();
        if self.file_name.chars().count() > 255usize {
            violations
                .push(
                    ::prost_protovalidate::Violation::new(
                        "file_name",
                        "string.max_len",
                        "value length must be at most 255 characters",
                    ),
                );
        }
        if violations.is_empty() {
            Ok(())
        } else {
            Err(::prost_protovalidate::ValidationError::new(violations))
        }
    }
}
impl ::prost_protovalidate::Validate for crate::analysis::v1::AnalyzeOptions {
    fn validate(
        &self,
    ) -> ::core::result::Result<(), ::prost_protovalidate::ValidationError> {
        let mut violations = ::std::vec::Vec::new();
        if self.file_name.chars().count() > 255usize {
            violations
                .push(
                    ::prost_protovalidate::Violation::new(
                        "file_name",
                        "string.max_len",
                        "value length must be at most 255 characters",
                    ),
                );
        }
        if self.languages.len() > 8usize {
            violations
                .push(
                    ::prost_protovalidate::Violation::new(
                        "languages",
                        "repeated.max_items",
                        "must have at most 8 items",
                    ),
                );
        }
        for (_idx, _item) in self.languages.iter().enumerate() {
            let mut _local_violations: ::std::vec::Vec<
                ::prost_protovalidate::Violation,
            > = ::std::vec::Vec::new();
            {
                let violations = &mut _local_violations;
                {
                    let _s: &str = &(*_item);
                    if !["en", "ru"].contains(&_s) {
                        violations
                            .push(
                                ::prost_protovalidate::Violation::new(
                                    "",
                                    "string.in",
                                    "must be in list [\"en\", \"ru\"]",
                                ),
                            );
                    }
                }
            }
            let _idx_u64: u64 = _idx as u64;
            for mut _v in _local_violations {
                _v.prepend_rule_path("repeated.items");
                _v.prepend_index("languages", _idx_u64);
                violations.push(_v);
            }
        }
        if self.corrections.len() > 1000usize {
            violations
                .push(
                    ::prost_protovalidate::Violation::new(
                        "corrections",
                        "repeated.max_items",
                        "must have at most 1000 items",
                    ),
                );
        }
        if let ::core::option::Option::Some(ref _nested) = self.hints {
            if let ::core::result::Result::Err(_e) = ::prost_protovalidate::Validate::validate(
                _nested,
            ) {
                for mut _viol in _e.into_violations() {
                    _viol.prepend_field_path("hints");
                    violations.push(_viol);
                }
            }
        }
        for (_idx, _item) in self.corrections.iter().enumerate() {
            if let ::core::result::Result::Err(_e) = ::prost_protovalidate::Validate::validate(
                _item,
            ) {
                let _idx_u64: u64 = _idx as u64;
                for mut _viol in _e.into_violations() {
                    _viol.prepend_index("corrections", _idx_u64);
                    violations.push(_viol);
                }
            }
        }
        if violations.is_empty() {
            Ok(())
        } else {
            Err(::prost_protovalidate::ValidationError::new(violations))
        }
    }
}
impl ::prost_protovalidate::Validate for crate::analysis::v1::Correction {
    fn validate(
        &self,
    ) -> ::core::result::Result<(), ::prost_protovalidate::ValidationError> {
        let mut violations = ::std::vec::Vec::new();
        if self.text.chars().count() > 500usize {
            violations
                .push(
                    ::prost_protovalidate::Violation::new(
                        "text",
                        "string.max_len",
                        "value length must be at most 500 characters",
                    ),
                );
        }
        {
            static RE: ::std::sync::LazyLock<::prost_protovalidate::regex::Regex> = ::std::sync::LazyLock::new(||
            {
                ::prost_protovalidate::regex::Regex::new("[\\p{L}\\p{Nd}]")
                    .expect("pattern validated at codegen time")
            });
            if !RE.is_match(&self.text) {
                violations
                    .push(
                        ::prost_protovalidate::Violation::new(
                            "text",
                            "string.pattern",
                            "does not match regex pattern `[\\p{L}\\p{Nd}]`",
                        ),
                    );
            }
        }
        if self.category.chars().count() > 100usize {
            violations
                .push(
                    ::prost_protovalidate::Violation::new(
                        "category",
                        "string.max_len",
                        "value length must be at most 100 characters",
                    ),
                );
        }
        {
            static RE: ::std::sync::LazyLock<::prost_protovalidate::regex::Regex> = ::std::sync::LazyLock::new(||
            {
                ::prost_protovalidate::regex::Regex::new("\\p{L}")
                    .expect("pattern validated at codegen time")
            });
            if !RE.is_match(&self.category) {
                violations
                    .push(
                        ::prost_protovalidate::Violation::new(
                            "category",
                            "string.pattern",
                            "does not match regex pattern `\\p{L}`",
                        ),
                    );
            }
        }
        if violations.is_empty() {
            Ok(())
        } else {
            Err(::prost_protovalidate::ValidationError::new(violations))
        }
    }
}
impl ::prost_protovalidate::Validate for crate::analysis::v1::Hints {
    fn validate(
        &self,
    ) -> ::core::result::Result<(), ::prost_protovalidate::ValidationError> {
        let mut violations = ::std::vec::Vec::new();
        if !self.date_order.is_empty() {
            {
                let _s: &str = &self.date_order;
                if !["dmy", "mdy", "ymd"].contains(&_s) {
                    violations
                        .push(
                            ::prost_protovalidate::Violation::new(
                                "date_order",
                                "string.in",
                                "must be in list [\"dmy\", \"mdy\", \"ymd\"]",
                            ),
                        );
                }
            }
        }
        if !self.decimal.is_empty() {
            {
                let _s: &str = &self.decimal;
                if ![",", "."].contains(&_s) {
                    violations
                        .push(
                            ::prost_protovalidate::Violation::new(
                                "decimal",
                                "string.in",
                                "must be in list [\",\", \".\"]",
                            ),
                        );
                }
            }
        }
        if !self.currency.is_empty() {
            {
                static RE: ::std::sync::LazyLock<::prost_protovalidate::regex::Regex> = ::std::sync::LazyLock::new(||
                {
                    ::prost_protovalidate::regex::Regex::new("^[A-Z]{3}$")
                        .expect("pattern validated at codegen time")
                });
                if !RE.is_match(&self.currency) {
                    violations
                        .push(
                            ::prost_protovalidate::Violation::new(
                                "currency",
                                "string.pattern",
                                "does not match regex pattern `^[A-Z]{3}$`",
                            ),
                        );
                }
            }
        }
        if !self.sign.is_empty() {
            {
                let _s: &str = &self.sign;
                if !["plus_in", "plus_out"].contains(&_s) {
                    violations
                        .push(
                            ::prost_protovalidate::Violation::new(
                                "sign",
                                "string.in",
                                "must be in list [\"plus_in\", \"plus_out\"]",
                            ),
                        );
                }
            }
        }
        if violations.is_empty() {
            Ok(())
        } else {
            Err(::prost_protovalidate::ValidationError::new(violations))
        }
    }
}
impl ::prost_protovalidate::Validate for crate::analysis::v1::Answers {
    fn validate(
        &self,
    ) -> ::core::result::Result<(), ::prost_protovalidate::ValidationError> {
        let mut violations = ::std::vec::Vec::new();
        if self.languages.len() > 8usize {
            violations
                .push(
                    ::prost_protovalidate::Violation::new(
                        "languages",
                        "repeated.max_items",
                        "must have at most 8 items",
                    ),
                );
        }
        for (_idx, _item) in self.languages.iter().enumerate() {
            let mut _local_violations: ::std::vec::Vec<
                ::prost_protovalidate::Violation,
            > = ::std::vec::Vec::new();
            {
                let violations = &mut _local_violations;
                {
                    let _s: &str = &(*_item);
                    if !["en", "ru"].contains(&_s) {
                        violations
                            .push(
                                ::prost_protovalidate::Violation::new(
                                    "",
                                    "string.in",
                                    "must be in list [\"en\", \"ru\"]",
                                ),
                            );
                    }
                }
            }
            let _idx_u64: u64 = _idx as u64;
            for mut _v in _local_violations {
                _v.prepend_rule_path("repeated.items");
                _v.prepend_index("languages", _idx_u64);
                violations.push(_v);
            }
        }
        if self.corrections.len() > 1000usize {
            violations
                .push(
                    ::prost_protovalidate::Violation::new(
                        "corrections",
                        "repeated.max_items",
                        "must have at most 1000 items",
                    ),
                );
        }
        if let ::core::option::Option::Some(ref _nested) = self.hints {
            if let ::core::result::Result::Err(_e) = ::prost_protovalidate::Validate::validate(
                _nested,
            ) {
                for mut _viol in _e.into_violations() {
                    _viol.prepend_field_path("hints");
                    violations.push(_viol);
                }
            }
        }
        for (_idx, _item) in self.corrections.iter().enumerate() {
            if let ::core::result::Result::Err(_e) = ::prost_protovalidate::Validate::validate(
                _item,
            ) {
                let _idx_u64: u64 = _idx as u64;
                for mut _viol in _e.into_violations() {
                    _viol.prepend_index("corrections", _idx_u64);
                    violations.push(_viol);
                }
            }
        }
        if violations.is_empty() {
            Ok(())
        } else {
            Err(::prost_protovalidate::ValidationError::new(violations))
        }
    }
}
impl ::prost_protovalidate::Validate for crate::analysis::v1::StartAnalysisRequest {
    fn validate(
        &self,
    ) -> ::core::result::Result<(), ::prost_protovalidate::ValidationError> {
        let mut violations = ::std::vec::Vec::new();
        if self.workspace_id.chars().count() > 64usize {
            violations
                .push(
                    ::prost_protovalidate::Violation::new(
                        "workspace_id",
                        "string.max_len",
                        "value length must be at most 64 characters",
                    ),
                );
        }
        if self.file_ids.len() < 1usize {
            violations
                .push(
                    ::prost_protovalidate::Violation::new(
                        "file_ids",
                        "repeated.min_items",
                        "must have at least 1 items",
                    ),
                );
        }
        if self.file_ids.len() > 100usize {
            violations
                .push(
                    ::prost_protovalidate::Violation::new(
                        "file_ids",
                        "repeated.max_items",
                        "must have at most 100 items",
                    ),
                );
        }
        {
            let mut _seen = ::std::collections::HashSet::new();
            for item in &self.file_ids {
                if !_seen.insert(item) {
                    violations
                        .push(
                            ::prost_protovalidate::Violation::new(
                                "file_ids",
                                "repeated.unique",
                                "items must be unique",
                            ),
                        );
                    break;
                }
            }
        }
        for (_idx, _item) in self.file_ids.iter().enumerate() {
            let mut _local_violations: ::std::vec::Vec<
                ::prost_protovalidate::Violation,
            > = ::std::vec::Vec::new();
            {
                let violations = &mut _local_violations;
                {
                    static RE: ::std::sync::LazyLock<
                        ::prost_protovalidate::regex::Regex,
                    > = ::std::sync::LazyLock::new(|| {
                        ::prost_protovalidate::regex::Regex::new("^fil_[0-9a-f]{32}$")
                            .expect("pattern validated at codegen time")
                    });
                    if !RE.is_match(&(*_item)) {
                        violations
                            .push(
                                ::prost_protovalidate::Violation::new(
                                    "",
                                    "string.pattern",
                                    "does not match regex pattern `^fil_[0-9a-f]{32}$`",
                                ),
                            );
                    }
                }
            }
            let _idx_u64: u64 = _idx as u64;
            for mut _v in _local_violations {
                _v.prepend_rule_path("repeated.items");
                _v.prepend_index("file_ids", _idx_u64);
                violations.push(_v);
            }
        }
        if self.title.chars().count() > 255usize {
            violations
                .push(
                    ::prost_protovalidate::Violation::new(
                        "title",
                        "string.max_len",
                        "value length must be at most 255 characters",
                    ),
                );
        }
        if let ::core::option::Option::Some(ref _nested) = self.answers {
            if let ::core::result::Result::Err(_e) = ::prost_protovalidate::Validate::validate(
                _nested,
            ) {
                for mut _viol in _e.into_violations() {
                    _viol.prepend_field_path("answers");
                    violations.push(_viol);
                }
            }
        }
        if violations.is_empty() {
            Ok(())
        } else {
            Err(::prost_protovalidate::ValidationError::new(violations))
        }
    }
}
impl ::prost_protovalidate::Validate for crate::analysis::v1::GetAnalysisRequest {
    fn validate(
        &self,
    ) -> ::core::result::Result<(), ::prost_protovalidate::ValidationError> {
        let mut violations = ::std::vec::Vec::new();
        if self.workspace_id.chars().count() > 64usize {
            violations
                .push(
                    ::prost_protovalidate::Violation::new(
                        "workspace_id",
                        "string.max_len",
                        "value length must be at most 64 characters",
                    ),
                );
        }
        {
            static RE: ::std::sync::LazyLock<::prost_protovalidate::regex::Regex> = ::std::sync::LazyLock::new(||
            {
                ::prost_protovalidate::regex::Regex::new("^ana_[0-9a-f]{32}$")
                    .expect("pattern validated at codegen time")
            });
            if !RE.is_match(&self.analysis_id) {
                violations
                    .push(
                        ::prost_protovalidate::Violation::new(
                            "analysis_id",
                            "string.pattern",
                            "does not match regex pattern `^ana_[0-9a-f]{32}$`",
                        ),
                    );
            }
        }
        if violations.is_empty() {
            Ok(())
        } else {
            Err(::prost_protovalidate::ValidationError::new(violations))
        }
    }
}
impl ::prost_protovalidate::Validate for crate::analysis::v1::ListAnalysesRequest {
    fn validate(
        &self,
    ) -> ::core::result::Result<(), ::prost_protovalidate::ValidationError> {
        let mut violations = ::std::vec::Vec::new();
        if self.workspace_id.chars().count() > 64usize {
            violations
                .push(
                    ::prost_protovalidate::Violation::new(
                        "workspace_id",
                        "string.max_len",
                        "value length must be at most 64 characters",
                    ),
                );
        }
        #[allow(unused_comparisons)]
        if self.page_size > 200u32 {
            let mut violation = ::prost_protovalidate::Violation::new_constraint(
                "page_size",
                "uint32.lte",
                "uint32.lte",
            );
            violation.set_message("value must be less than or equal to 200");
            violations.push(violation);
        }
        if self.page_token.chars().count() > 64usize {
            violations
                .push(
                    ::prost_protovalidate::Violation::new(
                        "page_token",
                        "string.max_len",
                        "value length must be at most 64 characters",
                    ),
                );
        }
        if self.search.chars().count() > 255usize {
            violations
                .push(
                    ::prost_protovalidate::Violation::new(
                        "search",
                        "string.max_len",
                        "value length must be at most 255 characters",
                    ),
                );
        }
        if violations.is_empty() {
            Ok(())
        } else {
            Err(::prost_protovalidate::ValidationError::new(violations))
        }
    }
}
impl ::prost_protovalidate::Validate for crate::analysis::v1::WatchAnalysisRequest {
    fn validate(
        &self,
    ) -> ::core::result::Result<(), ::prost_protovalidate::ValidationError> {
        let mut violations = ::std::vec::Vec::new();
        if self.workspace_id.chars().count() > 64usize {
            violations
                .push(
                    ::prost_protovalidate::Violation::new(
                        "workspace_id",
                        "string.max_len",
                        "value length must be at most 64 characters",
                    ),
                );
        }
        {
            static RE: ::std::sync::LazyLock<::prost_protovalidate::regex::Regex> = ::std::sync::LazyLock::new(||
            {
                ::prost_protovalidate::regex::Regex::new("^ana_[0-9a-f]{32}$")
                    .expect("pattern validated at codegen time")
            });
            if !RE.is_match(&self.analysis_id) {
                violations
                    .push(
                        ::prost_protovalidate::Violation::new(
                            "analysis_id",
                            "string.pattern",
                            "does not match regex pattern `^ana_[0-9a-f]{32}$`",
                        ),
                    );
            }
        }
        if violations.is_empty() {
            Ok(())
        } else {
            Err(::prost_protovalidate::ValidationError::new(violations))
        }
    }
}
impl ::prost_protovalidate::Validate for crate::analysis::v1::GetReportRequest {
    fn validate(
        &self,
    ) -> ::core::result::Result<(), ::prost_protovalidate::ValidationError> {
        let mut violations = ::std::vec::Vec::new();
        if self.workspace_id.chars().count() > 64usize {
            violations
                .push(
                    ::prost_protovalidate::Violation::new(
                        "workspace_id",
                        "string.max_len",
                        "value length must be at most 64 characters",
                    ),
                );
        }
        {
            static RE: ::std::sync::LazyLock<::prost_protovalidate::regex::Regex> = ::std::sync::LazyLock::new(||
            {
                ::prost_protovalidate::regex::Regex::new("^ana_[0-9a-f]{32}$")
                    .expect("pattern validated at codegen time")
            });
            if !RE.is_match(&self.analysis_id) {
                violations
                    .push(
                        ::prost_protovalidate::Violation::new(
                            "analysis_id",
                            "string.pattern",
                            "does not match regex pattern `^ana_[0-9a-f]{32}$`",
                        ),
                    );
            }
        }
        if violations.is_empty() {
            Ok(())
        } else {
            Err(::prost_protovalidate::ValidationError::new(violations))
        }
    }
}
impl ::prost_protovalidate::Validate for crate::analysis::v1::ListRowsRequest {
    fn validate(
        &self,
    ) -> ::core::result::Result<(), ::prost_protovalidate::ValidationError> {
        let mut violations = ::std::vec::Vec::new();
        if self.workspace_id.chars().count() > 64usize {
            violations
                .push(
                    ::prost_protovalidate::Violation::new(
                        "workspace_id",
                        "string.max_len",
                        "value length must be at most 64 characters",
                    ),
                );
        }
        {
            static RE: ::std::sync::LazyLock<::prost_protovalidate::regex::Regex> = ::std::sync::LazyLock::new(||
            {
                ::prost_protovalidate::regex::Regex::new("^ana_[0-9a-f]{32}$")
                    .expect("pattern validated at codegen time")
            });
            if !RE.is_match(&self.analysis_id) {
                violations
                    .push(
                        ::prost_protovalidate::Violation::new(
                            "analysis_id",
                            "string.pattern",
                            "does not match regex pattern `^ana_[0-9a-f]{32}$`",
                        ),
                    );
            }
        }
        #[allow(unused_comparisons)]
        if self.page_size > 10000u32 {
            let mut violation = ::prost_protovalidate::Violation::new_constraint(
                "page_size",
                "uint32.lte",
                "uint32.lte",
            );
            violation.set_message("value must be less than or equal to 10000");
            violations.push(violation);
        }
        if violations.is_empty() {
            Ok(())
        } else {
            Err(::prost_protovalidate::ValidationError::new(violations))
        }
    }
}
impl ::prost_protovalidate::Validate for crate::analysis::v1::ReviseAnalysisRequest {
    fn validate(
        &self,
    ) -> ::core::result::Result<(), ::prost_protovalidate::ValidationError> {
        let mut violations = ::std::vec::Vec::new();
        if self.workspace_id.chars().count() > 64usize {
            violations
                .push(
                    ::prost_protovalidate::Violation::new(
                        "workspace_id",
                        "string.max_len",
                        "value length must be at most 64 characters",
                    ),
                );
        }
        {
            static RE: ::std::sync::LazyLock<::prost_protovalidate::regex::Regex> = ::std::sync::LazyLock::new(||
            {
                ::prost_protovalidate::regex::Regex::new("^ana_[0-9a-f]{32}$")
                    .expect("pattern validated at codegen time")
            });
            if !RE.is_match(&self.analysis_id) {
                violations
                    .push(
                        ::prost_protovalidate::Violation::new(
                            "analysis_id",
                            "string.pattern",
                            "does not match regex pattern `^ana_[0-9a-f]{32}$`",
                        ),
                    );
            }
        }
        if let ::core::option::Option::Some(ref _nested) = self.answers {
            if let ::core::result::Result::Err(_e) = ::prost_protovalidate::Validate::validate(
                _nested,
            ) {
                for mut _viol in _e.into_violations() {
                    _viol.prepend_field_path("answers");
                    violations.push(_viol);
                }
            }
        }
        if violations.is_empty() {
            Ok(())
        } else {
            Err(::prost_protovalidate::ValidationError::new(violations))
        }
    }
}
impl ::prost_protovalidate::Validate for crate::analysis::v1::CancelAnalysisRequest {
    fn validate(
        &self,
    ) -> ::core::result::Result<(), ::prost_protovalidate::ValidationError> {
        let mut violations = ::std::vec::Vec::new();
        if self.workspace_id.chars().count() > 64usize {
            violations
                .push(
                    ::prost_protovalidate::Violation::new(
                        "workspace_id",
                        "string.max_len",
                        "value length must be at most 64 characters",
                    ),
                );
        }
        {
            static RE: ::std::sync::LazyLock<::prost_protovalidate::regex::Regex> = ::std::sync::LazyLock::new(||
            {
                ::prost_protovalidate::regex::Regex::new("^ana_[0-9a-f]{32}$")
                    .expect("pattern validated at codegen time")
            });
            if !RE.is_match(&self.analysis_id) {
                violations
                    .push(
                        ::prost_protovalidate::Violation::new(
                            "analysis_id",
                            "string.pattern",
                            "does not match regex pattern `^ana_[0-9a-f]{32}$`",
                        ),
                    );
            }
        }
        if violations.is_empty() {
            Ok(())
        } else {
            Err(::prost_protovalidate::ValidationError::new(violations))
        }
    }
}
impl ::prost_protovalidate::Validate for crate::analysis::v1::DeleteAnalysisRequest {
    fn validate(
        &self,
    ) -> ::core::result::Result<(), ::prost_protovalidate::ValidationError> {
        let mut violations = ::std::vec::Vec::new();
        if self.workspace_id.chars().count() > 64usize {
            violations
                .push(
                    ::prost_protovalidate::Violation::new(
                        "workspace_id",
                        "string.max_len",
                        "value length must be at most 64 characters",
                    ),
                );
        }
        {
            static RE: ::std::sync::LazyLock<::prost_protovalidate::regex::Regex> = ::std::sync::LazyLock::new(||
            {
                ::prost_protovalidate::regex::Regex::new("^ana_[0-9a-f]{32}$")
                    .expect("pattern validated at codegen time")
            });
            if !RE.is_match(&self.analysis_id) {
                violations
                    .push(
                        ::prost_protovalidate::Violation::new(
                            "analysis_id",
                            "string.pattern",
                            "does not match regex pattern `^ana_[0-9a-f]{32}$`",
                        ),
                    );
            }
        }
        if violations.is_empty() {
            Ok(())
        } else {
            Err(::prost_protovalidate::ValidationError::new(violations))
        }
    }
}
impl ::prost_protovalidate::Validate for crate::file::v1::UploadFileRequest {
    fn validate(
        &self,
    ) -> ::core::result::Result<(), ::prost_protovalidate::ValidationError> {
        let mut violations = ::std::vec::Vec::new();
        if self.workspace_id.chars().count() > 64usize {
            violations
                .push(
                    ::prost_protovalidate::Violation::new(
                        "workspace_id",
                        "string.max_len",
                        "value length must be at most 64 characters",
                    ),
                );
        }
        if self.chunk.len() > 1048576usize {
            violations
                .push(
                    ::prost_protovalidate::Violation::new(
                        "chunk",
                        "bytes.max_len",
                        "value length must be at most 1048576 bytes",
                    ),
                );
        }
        if let ::core::option::Option::Some(ref _nested) = self.options {
            if let ::core::result::Result::Err(_e) = ::prost_protovalidate::Validate::validate(
                _nested,
            ) {
                for mut _viol in _e.into_violations() {
                    _viol.prepend_field_path("options");
                    violations.push(_viol);
                }
            }
        }
        if violations.is_empty() {
            Ok(())
        } else {
            Err(::prost_protovalidate::ValidationError::new(violations))
        }
    }
}
impl ::prost_protovalidate::Validate for crate::file::v1::UploadOptions {
    fn validate(
        &self,
    ) -> ::core::result::Result<(), ::prost_protovalidate::ValidationError> {
        let mut violations = ::std::vec::Vec::new();
        if self.file_name.chars().count() > 255usize {
            violations
                .push(
                    ::prost_protovalidate::Violation::new(
                        "file_name",
                        "string.max_len",
                        "value length must be at most 255 characters",
                    ),
                );
        }
        if violations.is_empty() {
            Ok(())
        } else {
            Err(::prost_protovalidate::ValidationError::new(violations))
        }
    }
}
impl ::prost_protovalidate::Validate for crate::file::v1::DownloadFileRequest {
    fn validate(
        &self,
    ) -> ::core::result::Result<(), ::prost_protovalidate::ValidationError> {
        let mut violations = ::std::vec::Vec::new();
        if self.workspace_id.chars().count() > 64usize {
            violations
                .push(
                    ::prost_protovalidate::Violation::new(
                        "workspace_id",
                        "string.max_len",
                        "value length must be at most 64 characters",
                    ),
                );
        }
        {
            static RE: ::std::sync::LazyLock<::prost_protovalidate::regex::Regex> = ::std::sync::LazyLock::new(||
            {
                ::prost_protovalidate::regex::Regex::new("^fil_[0-9a-f]{32}$")
                    .expect("pattern validated at codegen time")
            });
            if !RE.is_match(&self.file_id) {
                violations
                    .push(
                        ::prost_protovalidate::Violation::new(
                            "file_id",
                            "string.pattern",
                            "does not match regex pattern `^fil_[0-9a-f]{32}$`",
                        ),
                    );
            }
        }
        if violations.is_empty() {
            Ok(())
        } else {
            Err(::prost_protovalidate::ValidationError::new(violations))
        }
    }
}
impl ::prost_protovalidate::Validate for crate::file::v1::DownloadLinkedFileRequest {
    fn validate(
        &self,
    ) -> ::core::result::Result<(), ::prost_protovalidate::ValidationError> {
        let mut violations = ::std::vec::Vec::new();
        if self.token.chars().count() > 512usize {
            violations
                .push(
                    ::prost_protovalidate::Violation::new(
                        "token",
                        "string.max_len",
                        "value length must be at most 512 characters",
                    ),
                );
        }
        if violations.is_empty() {
            Ok(())
        } else {
            Err(::prost_protovalidate::ValidationError::new(violations))
        }
    }
}
impl ::prost_protovalidate::Validate for crate::file::v1::GetFileRequest {
    fn validate(
        &self,
    ) -> ::core::result::Result<(), ::prost_protovalidate::ValidationError> {
        let mut violations = ::std::vec::Vec::new();
        if self.workspace_id.chars().count() > 64usize {
            violations
                .push(
                    ::prost_protovalidate::Violation::new(
                        "workspace_id",
                        "string.max_len",
                        "value length must be at most 64 characters",
                    ),
                );
        }
        {
            static RE: ::std::sync::LazyLock<::prost_protovalidate::regex::Regex> = ::std::sync::LazyLock::new(||
            {
                ::prost_protovalidate::regex::Regex::new("^fil_[0-9a-f]{32}$")
                    .expect("pattern validated at codegen time")
            });
            if !RE.is_match(&self.file_id) {
                violations
                    .push(
                        ::prost_protovalidate::Violation::new(
                            "file_id",
                            "string.pattern",
                            "does not match regex pattern `^fil_[0-9a-f]{32}$`",
                        ),
                    );
            }
        }
        if violations.is_empty() {
            Ok(())
        } else {
            Err(::prost_protovalidate::ValidationError::new(violations))
        }
    }
}
impl ::prost_protovalidate::Validate for crate::file::v1::ListFilesRequest {
    fn validate(
        &self,
    ) -> ::core::result::Result<(), ::prost_protovalidate::ValidationError> {
        let mut violations = ::std::vec::Vec::new();
        if self.workspace_id.chars().count() > 64usize {
            violations
                .push(
                    ::prost_protovalidate::Violation::new(
                        "workspace_id",
                        "string.max_len",
                        "value length must be at most 64 characters",
                    ),
                );
        }
        #[allow(unused_comparisons)]
        if self.page_size > 200u32 {
            let mut violation = ::prost_protovalidate::Violation::new_constraint(
                "page_size",
                "uint32.lte",
                "uint32.lte",
            );
            violation.set_message("value must be less than or equal to 200");
            violations.push(violation);
        }
        if self.page_token.chars().count() > 64usize {
            violations
                .push(
                    ::prost_protovalidate::Violation::new(
                        "page_token",
                        "string.max_len",
                        "value length must be at most 64 characters",
                    ),
                );
        }
        if self.search.chars().count() > 255usize {
            violations
                .push(
                    ::prost_protovalidate::Violation::new(
                        "search",
                        "string.max_len",
                        "value length must be at most 255 characters",
                    ),
                );
        }
        if violations.is_empty() {
            Ok(())
        } else {
            Err(::prost_protovalidate::ValidationError::new(violations))
        }
    }
}
impl ::prost_protovalidate::Validate for crate::file::v1::DeleteFileRequest {
    fn validate(
        &self,
    ) -> ::core::result::Result<(), ::prost_protovalidate::ValidationError> {
        let mut violations = ::std::vec::Vec::new();
        if self.workspace_id.chars().count() > 64usize {
            violations
                .push(
                    ::prost_protovalidate::Violation::new(
                        "workspace_id",
                        "string.max_len",
                        "value length must be at most 64 characters",
                    ),
                );
        }
        {
            static RE: ::std::sync::LazyLock<::prost_protovalidate::regex::Regex> = ::std::sync::LazyLock::new(||
            {
                ::prost_protovalidate::regex::Regex::new("^fil_[0-9a-f]{32}$")
                    .expect("pattern validated at codegen time")
            });
            if !RE.is_match(&self.file_id) {
                violations
                    .push(
                        ::prost_protovalidate::Violation::new(
                            "file_id",
                            "string.pattern",
                            "does not match regex pattern `^fil_[0-9a-f]{32}$`",
                        ),
                    );
            }
        }
        if violations.is_empty() {
            Ok(())
        } else {
            Err(::prost_protovalidate::ValidationError::new(violations))
        }
    }
}
impl ::prost_protovalidate::Validate for crate::file::v1::CreateDownloadLinkRequest {
    fn validate(
        &self,
    ) -> ::core::result::Result<(), ::prost_protovalidate::ValidationError> {
        let mut violations = ::std::vec::Vec::new();
        if self.workspace_id.chars().count() > 64usize {
            violations
                .push(
                    ::prost_protovalidate::Violation::new(
                        "workspace_id",
                        "string.max_len",
                        "value length must be at most 64 characters",
                    ),
                );
        }
        {
            static RE: ::std::sync::LazyLock<::prost_protovalidate::regex::Regex> = ::std::sync::LazyLock::new(||
            {
                ::prost_protovalidate::regex::Regex::new("^fil_[0-9a-f]{32}$")
                    .expect("pattern validated at codegen time")
            });
            if !RE.is_match(&self.file_id) {
                violations
                    .push(
                        ::prost_protovalidate::Violation::new(
                            "file_id",
                            "string.pattern",
                            "does not match regex pattern `^fil_[0-9a-f]{32}$`",
                        ),
                    );
            }
        }
        if violations.is_empty() {
            Ok(())
        } else {
            Err(::prost_protovalidate::ValidationError::new(violations))
        }
    }
}
impl ::prost_protovalidate::Validate for crate::forecast::v1::ForecastSeriesRequest {
    fn validate(
        &self,
    ) -> ::core::result::Result<(), ::prost_protovalidate::ValidationError> {
        let mut violations = ::std::vec::Vec::new();
        if self.values.len() > 1024usize {
            violations
                .push(
                    ::prost_protovalidate::Violation::new(
                        "values",
                        "repeated.max_items",
                        "must have at most 1024 items",
                    ),
                );
        }
        for (_idx, _item) in self.values.iter().enumerate() {
            let mut _local_violations: ::std::vec::Vec<
                ::prost_protovalidate::Violation,
            > = ::std::vec::Vec::new();
            {
                let violations = &mut _local_violations;
                {
                    let _v = (*_item);
                    'numeric_check: {
                        if _v.is_nan() || _v.is_infinite() {
                            violations
                                .push(
                                    ::prost_protovalidate::Violation::new(
                                        "",
                                        "double.finite",
                                        "value must be finite",
                                    ),
                                );
                            break 'numeric_check;
                        }
                    }
                }
            }
            let _idx_u64: u64 = _idx as u64;
            for mut _v in _local_violations {
                _v.prepend_rule_path("repeated.items");
                _v.prepend_index("values", _idx_u64);
                violations.push(_v);
            }
        }
        #[allow(unused_comparisons)]
        if self.season > 366u32 {
            let mut violation = ::prost_protovalidate::Violation::new_constraint(
                "season",
                "uint32.lte",
                "uint32.lte",
            );
            violation.set_message("value must be less than or equal to 366");
            violations.push(violation);
        }
        #[allow(unused_comparisons)]
        if self.horizon < 1u32 || self.horizon > 366u32 {
            let mut violation = ::prost_protovalidate::Violation::new_constraint(
                "horizon",
                "uint32.gte_lte",
                "uint32.gte",
            );
            violation
                .set_message(
                    "value must be greater than or equal to 1 and less than or equal to 366",
                );
            violations.push(violation);
        }
        if violations.is_empty() {
            Ok(())
        } else {
            Err(::prost_protovalidate::ValidationError::new(violations))
        }
    }
}
