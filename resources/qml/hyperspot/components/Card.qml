import QtQuick
import hyperspot.theme

// A raised surface.
Rectangle {
    radius: Theme.radiusCard
    color: Theme.surface2
    border.color: Theme.line
}
