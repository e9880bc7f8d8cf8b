import QtQuick

// A part that is made when it is first wanted, and then kept: the first frame makes only what it shows.
Loader {
    property bool wanted: false
    property bool kept: false

    active: wanted || kept
    onLoaded: kept = true
}
