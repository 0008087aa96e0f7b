//! Arguments that are one for all parameter groups, or one for each.

/// One value for every parameter group, or as many as there are groups.
///
/// ```
/// use torch_warmup::PerGroup;
///
/// let same: PerGroup<f64> = 0.1.into();
/// let each: PerGroup<f64> = [0.1, 0.01].into();
/// assert_eq!(same.values(), [0.1]);
/// assert_eq!(each.values(), [0.1, 0.01]);
/// ```
#[derive(Debug, Clone, PartialEq, Default)]
pub struct PerGroup<T>(Vec<T>);

impl<T> PerGroup<T> {
    /// The values: one, or as many as there are groups.
    pub fn values(&self) -> &[T] {
        &self.0
    }
}

impl From<f64> for PerGroup<f64> {
    fn from(value: f64) -> Self {
        PerGroup(vec![value])
    }
}

impl From<i64> for PerGroup<i64> {
    fn from(value: i64) -> Self {
        PerGroup(vec![value])
    }
}

impl<T> From<Vec<T>> for PerGroup<T> {
    fn from(values: Vec<T>) -> Self {
        PerGroup(values)
    }
}

impl<T: Clone> From<&[T]> for PerGroup<T> {
    fn from(values: &[T]) -> Self {
        PerGroup(values.to_vec())
    }
}

impl<T, const N: usize> From<[T; N]> for PerGroup<T> {
    fn from(values: [T; N]) -> Self {
        PerGroup(values.into())
    }
}

impl<T: Clone, const N: usize> From<&[T; N]> for PerGroup<T> {
    fn from(values: &[T; N]) -> Self {
        PerGroup(values.to_vec())
    }
}
