// @generated
impl ::prost_protovalidate::Validate for crate::probe::v1::SearchNotesRequest {
    fn validate(
        &self,
    ) -> ::core::result::Result<(), ::prost_protovalidate::ValidationError> {
        let mut violations = ::std::vec::Vec::new();
        if self.shelf.chars().count() < 1usize {
            violations
                .push(
                    ::prost_protovalidate::Violation::new(
                        "shelf",
                        "string.min_len",
                        "value length must be at least 1 characters",
                    ),
                );
        }
        if self.shelf.chars().count() > 20usize {
            violations
                .push(
                    ::prost_protovalidate::Violation::new(
                        "shelf",
                        "string.max_len",
                        "value length must be at most 20 characters",
                    ),
                );
        }
        #[allow(unused_comparisons)]
        if self.page_size < 0i32 || self.page_size > 100i32 {
            let mut violation = ::prost_protovalidate::Violation::new_constraint(
                "page_size",
                "int32.gte_lte",
                "int32.gte",
            );
            violation
                .set_message(
                    "value must be greater than or equal to 0 and less than or equal to 100",
                );
            violations.push(violation);
        }
        if self.tags.len() > 3usize {
            violations
                .push(
                    ::prost_protovalidate::Violation::new(
                        "tags",
                        "repeated.max_items",
                        "must have at most 3 items",
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
impl ::prost_protovalidate::Validate for crate::probe::v1::CreateNoteRequest {
    fn validate(
        &self,
    ) -> ::core::result::Result<(), ::prost_protovalidate::ValidationError> {
        let mut violations = ::std::vec::Vec::new();
        if self.text.chars().count() < 1usize {
            violations
                .push(
                    ::prost_protovalidate::Violation::new(
                        "text",
                        "string.min_len",
                        "value length must be at least 1 characters",
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
